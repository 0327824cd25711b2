// Histories side by side: equal to histories one by one on every SIMD target.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "codec/entropy/max/history_kernels_test.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
// After foreach_target.
#include "history_kernels-inl.hpp"

#ifndef VQI_HISTORY_KERNELS_TEST_ONCE
#define VQI_HISTORY_KERNELS_TEST_ONCE
namespace {
constexpr std::size_t context_count = 16;
using Tables = vqi::detail::HistoryTables<context_count, 10>;
}  // namespace
#endif

HWY_BEFORE_NAMESPACE();
namespace vqi::detail {
namespace HWY_NAMESPACE {
namespace {

void select_in_tables(Tables& tables, const std::uint32_t* hashes, std::uint32_t local, const LogitTable& logits,
                      std::int32_t* inputs) {
  select_histories(tables, hashes, local, logits, inputs);
}
void update_tables(Tables& tables, bool bit) { update_histories(tables, bit); }

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace vqi::detail
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <algorithm>
#include <catch2/catch.hpp>
#include <vector>

#include "random.hpp"
#include "simd_targets.hpp"

namespace vqi::detail {
HWY_EXPORT(select_in_tables);
HWY_EXPORT(update_tables);

namespace {

using Values = std::vector<std::int32_t>;

/// One context's histories by plain arithmetic, as FORMAT.md tells them.
struct PlainHistories {
  struct History {
    std::int32_t probability = 32768;
    std::int32_t seen = 0;
    std::uint32_t check = 0;
  };
  explicit PlainHistories() : histories(1U << Tables::place_bits), outcomes(20 * 33) {
    for (std::int32_t i = 0; i < 20 * 33; ++i)
      outcomes[static_cast<std::size_t>(i)] = vqi::detail::squash(vqi::detail::clamp_logit((2 * (i % 33) - 33) * 64));
  }

  void select(std::uint32_t hash, std::uint32_t local, const vqi::detail::LogitTable& logits) {
    chosen = &histories[hash >> (32 - Tables::place_bits) ^ local];
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
};

}  // namespace

TEST_CASE("histories side by side equal histories one by one, as checks differ and bits turn") {
  test::on_every_target([] {
    vqi::detail::Random random(11);
    const vqi::detail::LogitTable logits;
    Tables tables(32768);
    std::vector<PlainHistories> plain(context_count);
    for (int round = 0; round < 4000; ++round) {
      std::vector<std::uint32_t> hashes(context_count);
      // Few places, and two checks in each, so that histories grow old, and some are lost.
      for (std::uint32_t& hash : hashes)
        hash = static_cast<std::uint32_t>(random.below(6) << 28 | random.below(40) / 39 << 5);
      const auto local = static_cast<std::uint32_t>(random.below(16));
      Values inputs(context_count);
      HWY_DYNAMIC_DISPATCH(select_in_tables)(tables, hashes.data(), local, logits, inputs.data());
      for (std::size_t i = 0; i < context_count; ++i) {
        plain[i].select(hashes[i], local, logits);
        REQUIRE(inputs[i] == plain[i].logit);
      }
      const bool bit = random.below(100) < (round < 2000 ? 3U : 60U);
      HWY_DYNAMIC_DISPATCH(update_tables)(tables, bit);
      for (const PlainHistories& histories : plain) histories.update(bit);
    }
  });
}

}  // namespace vqi::detail
#endif  // HWY_ONCE
