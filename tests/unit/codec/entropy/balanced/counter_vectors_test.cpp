// Counters in vectors: on every SIMD target as each alone.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "codec/entropy/balanced/counter_vectors_test.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
// After foreach_target.
#include "counter_vectors-inl.hpp"

#ifndef VQI_COUNTER_VECTORS_TEST_ONCE
#define VQI_COUNTER_VECTORS_TEST_ONCE
namespace {
/// Counters, their inputs, and what they become: of a 1 in even places, of a 0 in odd ones.
struct CounterRow {
  alignas(64) std::array<std::uint16_t, 32> counters, ones, learned;
  alignas(64) std::array<std::int16_t, 32> inputs;
};
}  // namespace
#endif

HWY_BEFORE_NAMESPACE();
namespace vqi::detail {
namespace HWY_NAMESPACE {
namespace {

void hear_and_teach(CounterRow& row) {
#if HWY_TARGET == HWY_SCALAR
  for (std::size_t i = 0; i < 32; ++i) {
    row.inputs[i] = static_cast<std::int16_t>(counter_input(row.counters[i]));
    row.learned[i] = learned_counter(row.counters[i], row.ones[i] != 0);
  }
#else
  const hn::CappedTag<std::uint16_t, 32> d;
  const hn::RebindToSigned<std::remove_const_t<decltype(d)> > d_signed;
  using Vectors = CounterVectors<std::remove_const_t<decltype(d)> >;
  for (std::size_t i = 0; i < 32; i += hn::Lanes(d)) {
    const auto values = hn::Load(d, row.counters.data() + i);
    hn::Store(Vectors::inputs_of(values), d_signed, row.inputs.data() + i);
    hn::Store(Vectors::learned(values, hn::Load(d, row.ones.data() + i)), d, row.learned.data() + i);
  }
#endif
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace vqi::detail
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <catch2/catch.hpp>

#include "simd_targets.hpp"

namespace vqi::detail {
HWY_EXPORT(hear_and_teach);

TEST_CASE("counters in vectors say and learn what each alone does, whatever its value") {
  test::on_every_target([] {
    for (std::uint32_t first = 0; first < 65536; first += 16) {
      CounterRow row{};
      for (std::uint32_t i = 0; i < 32; ++i) {
        row.counters[i] = static_cast<std::uint16_t>(first + i / 2);
        row.ones[i] = i % 2 == 0 ? 0xFFFF : 0;
      }
      HWY_DYNAMIC_DISPATCH(hear_and_teach)(row);
      for (std::size_t i = 0; i < 32; ++i) {
        REQUIRE(row.inputs[i] == counter_input(row.counters[i]));
        REQUIRE(row.learned[i] == learned_counter(row.counters[i], row.ones[i] != 0));
      }
    }
  });
}

}  // namespace vqi::detail
#endif  // HWY_ONCE
