// ErrorRows: the errors of predictions in this row and the row above, and the levels that they make (FORMAT.md,
// "Prediction").
#pragma once

#include <hwy/base.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace vqi::detail {

class ErrorRows {
 public:
  static constexpr std::uint32_t levels = 8;
  static constexpr std::uint16_t outside = 128;  ///< the error before the first column and above the first row

  explicit ErrorRows(std::size_t width) : stride_(width + 2), errors_(2 * stride_, outside) {}

  void begin_row() noexcept { current_ ^= 1U; }
  void end_row() noexcept { row(0)[stride_ - 2] = row(0)[stride_ - 3]; }
  void set(std::size_t x, std::uint16_t error) noexcept { row(0)[x] = error; }
  /// For a vector that needed no prediction: half of the error above it.
  void inherit(std::size_t x) noexcept { row(0)[x] = row(1)[x] >> 1; }

  /// The error level at column x, from the errors of its neighbours: 0 (small) .. 7 (great).
  [[nodiscard]] std::uint32_t level(std::size_t x) noexcept {
    const std::uint16_t* here = row(0) + x;
    const std::uint16_t* above = row(1) + x;
    return level_of(here[-1], above[0], above[-1], above[1]);
  }
  /// A guess at the level of column x in the row below, from the errors known: up to column x of this row.
  [[nodiscard]] std::uint32_t level_below(std::size_t x) noexcept {
    const std::uint16_t* here = row(0) + x;
    return level_of(here[0], here[0], here[-1], here[0]);
  }

  /// The level that follows from the errors of W, N, NW and NE.
  [[nodiscard]] static std::uint32_t level_of(std::int32_t w, std::int32_t n, std::int32_t nw,
                                              std::int32_t ne) noexcept {
    // No branch on it, since the level cannot be predicted.
    return level_by_sum[static_cast<std::size_t>(std::min((2 * (w + n) + nw + ne) / 32, thresholds.back() / 32))];
  }

  [[nodiscard]] static std::uint64_t size_bytes(std::uint32_t width) noexcept {
    return 2 * (std::uint64_t{width} + 2) * sizeof(std::uint16_t);
  }

 private:
  static constexpr std::array<std::int32_t, levels - 1> thresholds{160, 480, 960, 1600, 2560, 4160, 7200};
  /// By a sum of errors over 32: thresholds are multiples of it.
  static constexpr auto level_by_sum = [] {
    std::array<std::uint8_t, thresholds.back() / 32 + 1> table{};
    std::uint8_t level = 0;
    for (std::size_t i = 0; i < table.size(); ++i) {
      while (level < thresholds.size() && 32 * static_cast<std::int32_t>(i) >= thresholds[level]) ++level;
      table[i] = level;
    }
    return table;
  }();

  /// The row at its first column; one error more is before it, and one after the last column.
  [[nodiscard]] std::uint16_t* row(std::uint32_t above) noexcept {
    return errors_.data() + (current_ ^ above) * stride_ + 1;
  }

  std::size_t stride_;
  std::uint32_t current_ = 1;
  std::vector<std::uint16_t> errors_;
};

/// 65536 over the size of a step, by the error level: 81920 / (14 26 40 62 96 150 240 420). The better predictions are,
/// the finer the steps.
inline constexpr std::array<std::int32_t, ErrorRows::levels> distance_scales{5851, 3151, 2048, 1321,
                                                                             853,  546,  341,  195};

/// 0 .. 23: a signed distance from a plane, in steps whose size depends on the error level.
inline constexpr std::uint32_t distance_steps = 24;
[[nodiscard]] HWY_INLINE std::uint32_t distance_step(std::int32_t distance, std::uint32_t level) noexcept {
  return static_cast<std::uint32_t>(std::clamp(((distance * distance_scales[level]) >> 16) + 12, 0, 23));
}

}  // namespace vqi::detail
