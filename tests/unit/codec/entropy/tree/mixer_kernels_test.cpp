// The mixing kernels: equal to plain loops on every SIMD target.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "codec/entropy/tree/mixer_kernels_test.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
// After foreach_target.
#include "mixer_kernels-inl.hpp"

#ifndef VQI_MIXER_KERNELS_TEST_ONCE
#define VQI_MIXER_KERNELS_TEST_ONCE
namespace {
constexpr std::size_t input_count = 48;
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

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace vqi::detail
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <algorithm>
#include <catch2/catch.hpp>
#include <vector>

#include "logistic.hpp"
#include "random.hpp"
#include "simd_targets.hpp"

namespace vqi::detail {
HWY_EXPORT(mix_one);
HWY_EXPORT(mix_two);
HWY_EXPORT(train_one);
HWY_EXPORT(train_two);

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

}  // namespace

TEST_CASE("mixing kernels equal a plain loop, at the bounds of inputs and weights too") {
  test::on_every_target([] {
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

}  // namespace vqi::detail
#endif  // HWY_ONCE
