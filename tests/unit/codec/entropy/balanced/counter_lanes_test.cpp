// Counters side by side: equal to counters one by one on every SIMD target.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "codec/entropy/balanced/counter_lanes_test.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
// After foreach_target.
#include "counter_lanes-inl.hpp"

#ifndef VQI_COUNTER_LANES_TEST_ONCE
#define VQI_COUNTER_LANES_TEST_ONCE
namespace {
using EightCounters = std::array<vqi::detail::Counter*, 8>;
}  // namespace
#endif

HWY_BEFORE_NAMESPACE();
namespace vqi::detail {
namespace HWY_NAMESPACE {
namespace {

void hear_six(const EightCounters& counters, std::int32_t* logits) { CounterLanes<6>(counters).logits(logits); }
void teach_six(const EightCounters& counters, bool bit) { CounterLanes<6>(counters).learn(bit, counters); }
void hear_eight(const EightCounters& counters, std::int32_t* logits) { CounterLanes<8>(counters).logits(logits); }
void teach_eight(const EightCounters& counters, bool bit) { CounterLanes<8>(counters).learn(bit, counters); }

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace vqi::detail
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <array>
#include <catch2/catch.hpp>

#include "simd_targets.hpp"

namespace vqi::detail {
HWY_EXPORT(hear_six);
HWY_EXPORT(teach_six);
HWY_EXPORT(hear_eight);
HWY_EXPORT(teach_eight);

TEST_CASE("counters side by side say and learn what each alone does, whatever its value") {
  test::on_every_target([] {
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

}  // namespace vqi::detail
#endif  // HWY_ONCE
