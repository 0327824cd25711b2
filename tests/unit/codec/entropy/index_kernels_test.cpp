// The kernels of mixing, of counters and of histories: equal to plain loops on every SIMD target.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "index_kernels_test.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
// After foreach_target.
#include "counter_lanes-inl.hpp"
#include "history_kernels-inl.hpp"
#include "mixer_kernels-inl.hpp"

#ifndef VQI_INDEX_KERNELS_TEST_ONCE
#define VQI_INDEX_KERNELS_TEST_ONCE
namespace {
constexpr std::size_t input_count = 48;
constexpr std::size_t context_count = 16;
using Lanes = vqi::detail::HistoryLanes<context_count, 10>;
using EightCounters = std::array<vqi::detail::Counter*, 8>;
}  // namespace
#endif

HWY_BEFORE_NAMESPACE();
namespace vqi::detail {
namespace HWY_NAMESPACE {
namespace {

std::int32_t mix_one(const std::int32_t* inputs, const std::int32_t* row) {
  return mix_inputs<input_count>(inputs, row);
}
std::int32_t mix_two(const std::int32_t* inputs, const std::int32_t* first, const std::int32_t* second) {
  return mix_inputs<input_count>(inputs, first, second);
}
void train_one(const std::int32_t* inputs, std::int32_t step, std::int32_t* row) {
  train_weights<input_count>(inputs, step, row);
}
void train_two(const std::int32_t* inputs, std::int32_t step, std::int32_t* first, std::int32_t* second) {
  train_weights<input_count>(inputs, step, first, second);
}
void select_lanes(Lanes& lanes, const std::uint32_t* hashes, std::uint32_t local, const LogitTable& logits,
                  std::int32_t* inputs) {
  select_histories(lanes, hashes, local, logits, inputs);
}
void update_lanes(Lanes& lanes, bool bit) { update_histories(lanes, bit); }
void hear_six(const EightCounters& counters, std::int32_t* logits) { CounterLanes<6>(counters).logits(logits); }
void teach_six(const EightCounters& counters, bool bit) { CounterLanes<6>(counters).learn(bit, counters); }
void hear_eight(const EightCounters& counters, std::int32_t* logits) { CounterLanes<8>(counters).logits(logits); }
void teach_eight(const EightCounters& counters, bool bit) { CounterLanes<8>(counters).learn(bit, counters); }

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace vqi::detail
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <hwy/targets.h>

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <vector>

#include "random.hpp"

namespace vqi::detail {
HWY_EXPORT(mix_one);
HWY_EXPORT(mix_two);
HWY_EXPORT(train_one);
HWY_EXPORT(train_two);
HWY_EXPORT(select_lanes);
HWY_EXPORT(update_lanes);
HWY_EXPORT(hear_six);
HWY_EXPORT(teach_six);
HWY_EXPORT(hear_eight);
HWY_EXPORT(teach_eight);

namespace {

using Values = std::vector<std::int32_t>;

/// Values from -bound to bound, those of each tenth place being a bound.
Values draw(vqi::detail::Random& random, std::int32_t bound) {
  Values values(input_count);
  for (std::int32_t& value : values) {
    value = static_cast<std::int32_t>(random.below(2 * static_cast<std::uint64_t>(bound) + 1)) - bound;
    if (random.below(10) == 0) value = value < 0 ? -bound : bound;
  }
  return values;
}

constexpr std::int32_t weight_bound = (1 << 18) - 1;

std::int32_t plain_mix(const Values& inputs, const Values& first, const Values& second) {
  std::int32_t sum = 0;
  for (std::size_t i = 0; i < input_count; ++i) sum += inputs[i] * ((first[i] + second[i]) >> 8);
  return sum >> 8;
}

Values plain_train(const Values& inputs, std::int32_t step, Values row) {
  for (std::size_t i = 0; i < input_count; ++i)
    row[i] = std::clamp(row[i] + ((inputs[i] * step + 8192) >> 14), -weight_bound, weight_bound);
  return row;
}

/// Runs `check` with each SIMD target chosen that this machine has.
template <class Check>
void on_every_target(Check&& check) {
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    INFO(hwy::TargetName(target));
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
    check();
  }
  hwy::SetSupportedTargetsForTest(0);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}

/// One context's histories by plain arithmetic, as FORMAT.md tells them.
struct PlainHistories {
  struct History {
    std::int32_t probability = 32768;
    std::int32_t seen = 0;
    std::uint32_t check = 0;
  };
  explicit PlainHistories() : histories(1U << Lanes::place_bits), outcomes(20 * 33) {
    for (std::int32_t i = 0; i < 20 * 33; ++i)
      outcomes[static_cast<std::size_t>(i)] = vqi::detail::squash(vqi::detail::clamp_logit((2 * (i % 33) - 33) * 64));
  }

  void select(std::uint32_t hash, std::uint32_t local, const vqi::detail::LogitTable& logits) {
    chosen = &histories[hash >> (32 - Lanes::place_bits) ^ local];
    const std::uint32_t check = (hash >> 5) % 256;
    if (chosen->check != check) *chosen = {32768, 0, check};
    const std::int32_t n = chosen->seen;
    const std::int32_t seen_class = n < 8    ? n
                                    : n < 16 ? 8 + (n - 8) / 2
                                    : n < 32 ? 12 + (n - 16) / 4
                                             : 16 + std::min(3, (n - 32) / 24);
    const std::int32_t k = std::clamp((logits(chosen->probability) >> 7) + 17, 0, 32);
    outcome = &outcomes[static_cast<std::size_t>(seen_class * 33 + k)];
    logit = n == 0 ? 0 : logits(*outcome);
    leaning = n == 0 ? 0 : ((chosen->probability - 32768) * 25 * std::min(20, 4 + n)) >> 16;
  }
  void update(bool bit) const {
    const std::int32_t target = bit ? 65535 : 0;
    chosen->probability += ((target - chosen->probability) * (327680 / (10 * chosen->seen + 16))) >> 15;
    chosen->seen = std::min(chosen->seen + 1, 127);
    *outcome += (target - *outcome) >> 6;
  }

  std::vector<History> histories;
  Values outcomes;
  History* chosen = nullptr;
  std::int32_t* outcome = nullptr;
  std::int32_t logit = 0;
  std::int32_t leaning = 0;
};

}  // namespace

TEST_CASE("mixing kernels equal a plain loop, at the bounds of inputs and weights too") {
  on_every_target([] {
    vqi::detail::Random random(7);
    const Values zeros(input_count, 0);
    for (int round = 0; round < 200; ++round) {
      const Values inputs = draw(random, vqi::detail::logit_limit);
      Values first = draw(random, weight_bound);
      Values second = draw(random, weight_bound);
      REQUIRE(HWY_DYNAMIC_DISPATCH(mix_one)(inputs.data(), first.data()) == plain_mix(inputs, first, zeros));
      REQUIRE(HWY_DYNAMIC_DISPATCH(mix_two)(inputs.data(), first.data(), second.data()) ==
              plain_mix(inputs, first, second));
      const auto step = static_cast<std::int32_t>(random.below(200'001)) - 100'000;
      const Values first_trained = plain_train(inputs, step, first);
      const Values second_trained = plain_train(inputs, step, second);
      Values alone = first;
      HWY_DYNAMIC_DISPATCH(train_one)(inputs.data(), step, alone.data());
      REQUIRE(alone == first_trained);
      HWY_DYNAMIC_DISPATCH(train_two)(inputs.data(), step, first.data(), second.data());
      REQUIRE(first == first_trained);
      REQUIRE(second == second_trained);
    }
  });
}

TEST_CASE("counters side by side say and learn what each alone does, whatever its value") {
  on_every_target([] {
    for (std::uint32_t first = 0; first < 65536; first += 8) {
      std::array<Counter, 8> counters{};
      EightCounters pointers{};
      for (std::size_t i = 0; i < 8; ++i) {
        counters[i] = static_cast<Counter>(first + i);
        pointers[i] = &counters[i];
      }
      const std::array<Counter, 8> before = counters;
      std::array<std::int32_t, 8> eight{};
      std::array<std::int32_t, 8> six{};
      HWY_DYNAMIC_DISPATCH(hear_eight)(pointers, eight.data());
      HWY_DYNAMIC_DISPATCH(hear_six)(pointers, six.data());
      for (std::size_t i = 0; i < 8; ++i) {
        REQUIRE(eight[i] == counter_logit(before[i]));
        REQUIRE(six[i] == (i < 6 ? eight[i] : 0));
      }
      for (const bool bit : {false, true}) {
        std::array<Counter, 8> taught = before;
        for (Counter& counter : taught) update_counter(counter, bit);
        counters = before;
        HWY_DYNAMIC_DISPATCH(teach_eight)(pointers, bit);
        REQUIRE(counters == taught);
        taught[6] = before[6];
        taught[7] = before[7];
        counters = before;
        HWY_DYNAMIC_DISPATCH(teach_six)(pointers, bit);
        REQUIRE(counters == taught);
      }
    }
  });
}

TEST_CASE("histories side by side equal histories one by one, as checks differ and bits turn") {
  on_every_target([] {
    vqi::detail::Random random(11);
    const vqi::detail::LogitTable logits;
    Lanes lanes(32768);
    std::vector<PlainHistories> plain(context_count);
    for (int round = 0; round < 4000; ++round) {
      std::vector<std::uint32_t> hashes(context_count);
      // Few places, and two checks in each, so that histories grow old, and some are lost.
      for (std::uint32_t& hash : hashes)
        hash = static_cast<std::uint32_t>(random.below(6) << 28 | random.below(40) / 39 << 5);
      const auto local = static_cast<std::uint32_t>(random.below(16));
      Values inputs(2 * context_count);
      HWY_DYNAMIC_DISPATCH(select_lanes)(lanes, hashes.data(), local, logits, inputs.data());
      for (std::size_t i = 0; i < context_count; ++i) {
        plain[i].select(hashes[i], local, logits);
        REQUIRE(inputs[i] == plain[i].logit);
        REQUIRE(inputs[context_count + i] == plain[i].leaning);
      }
      const bool bit = random.below(100) < (round < 2000 ? 3U : 60U);
      HWY_DYNAMIC_DISPATCH(update_lanes)(lanes, bit);
      for (const PlainHistories& histories : plain) histories.update(bit);
    }
  });
}
}  // namespace vqi::detail
#endif  // HWY_ONCE
