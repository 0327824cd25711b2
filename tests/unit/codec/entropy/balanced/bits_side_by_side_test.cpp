// Bits side by side: on every SIMD target as one counter and one weight after the other.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "codec/entropy/balanced/bits_side_by_side_test.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
// After foreach_target.
#include "bits_side_by_side-inl.hpp"

#ifndef VQI_BITS_SIDE_BY_SIDE_TEST_ONCE
#define VQI_BITS_SIDE_BY_SIDE_TEST_ONCE
namespace {
using RowBits = std::array<vqi::detail::RowBit, vqi::detail::rows_side_by_side>;
}  // namespace
#endif

HWY_BEFORE_NAMESPACE();
namespace vqi::detail {
namespace HWY_NAMESPACE {
namespace {

/// Predicts `count` bits, and learns those in `values`.
void code_bits(RowBits& bits, std::size_t count, const std::array<bool, rows_side_by_side>& values, std::int32_t rate) {
  BitsSideBySide side_by_side;
  side_by_side.predict(bits, count);
  for (std::size_t i = 0; i < count; ++i) bits[i].value = values[i];
  side_by_side.learn(bits, count, rate);
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace vqi::detail
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <catch2/catch.hpp>

#include "random.hpp"
#include "simd_targets.hpp"

namespace vqi::detail {
HWY_EXPORT(code_bits);

namespace {

struct Row {
  std::array<Counter, 8> counters;
  alignas(16) std::array<std::int16_t, 8> first, second;
  bool operator==(const Row&) const = default;
};
using Rows = std::array<Row, rows_side_by_side>;

RowBits point_to(Rows& rows) {
  RowBits bits{};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t j = 0; j < 8; ++j) bits[i].counters[j] = &rows[i].counters[j];
    bits[i].first_weights = rows[i].first.data();
    bits[i].second_weights = rows[i].second.data();
  }
  return bits;
}

/// One row by the definitions of FORMAT.md; returns the probability.
std::int32_t code_row(Row& row, bool value, std::int32_t rate) {
  std::array<std::int32_t, 8> inputs{};
  std::int32_t sum = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    inputs[i] = counter_input(row.counters[i]);
    sum += inputs[i] * (row.first[i] + row.second[i]);
    row.counters[i] = learned_counter(row.counters[i], value);
  }
  const RowBit bit{{}, nullptr, nullptr, squash(clamp_logit(sum >> weight_bits)), value};
  for (auto* const weights : {&row.first, &row.second})
    for (std::size_t i = 0; i < 8; ++i)
      (*weights)[i] = static_cast<std::int16_t>(
          std::clamp((*weights)[i] + ((inputs[i] * step_of(bit, rate) + (1 << 14)) >> 15), -32768, 32767));
  return bit.probability;
}

}  // namespace

TEST_CASE("rows side by side say and learn what each alone does, on every target") {
  test::on_every_target([] {
    Random random(7);
    for (int round = 0; round < 3000; ++round) {
      const std::int32_t half = round % 3 == 0 ? 32768 : 4096;
      const auto weight = [&] {
        return static_cast<std::int16_t>(static_cast<std::int32_t>(random.below(2 * static_cast<std::uint64_t>(half))) -
                                         half);
      };
      Rows rows{};
      for (Row& row : rows)
        for (std::size_t i = 0; i < 8; ++i) {
          row.counters[i] = static_cast<Counter>(random.below(65536));
          row.first[i] = weight();
          row.second[i] = weight();
        }
      const std::array<bool, rows_side_by_side> values{random.below(2) == 1, random.below(2) == 1, random.below(2) == 1,
                                                       random.below(2) == 1};
      const std::size_t count = 1 + random.below(rows_side_by_side);
      const auto rate = static_cast<std::int32_t>(150 + random.below(2000));
      Rows one_by_one = rows;
      RowBits bits = point_to(rows);
      HWY_DYNAMIC_DISPATCH(code_bits)(bits, count, values, rate);
      for (std::size_t i = 0; i < count; ++i) REQUIRE(code_row(one_by_one[i], values[i], rate) == bits[i].probability);
      REQUIRE(rows == one_by_one);
    }
  });
}

TEST_CASE("of rows that share a counter the last one's lesson stays, and shared weights learn from all") {
  test::on_every_target([] {
    Rows rows{};
    for (Row& row : rows) row = {{33333, 33333, 33333, 33333, 33333, 33333, 33333, 33333}, {}, {}};
    RowBits bits = point_to(rows);
    bits[1].counters[0] = bits[0].counters[0];
    bits[1].first_weights = bits[0].first_weights;
    HWY_DYNAMIC_DISPATCH(code_bits)(bits, 2, {true, true, false, false}, 300);
    CHECK(rows[0].counters[0] == learned_counter(33333, true));
    CHECK(rows[0].first[1] == 2 * rows[0].second[1]);
    CHECK(rows[0].second[1] != 0);
  });
}

}  // namespace vqi::detail
#endif  // HWY_ONCE
