// DitherPalette: the codewords that a dither chooses from, and how far an error may reach beyond one of them.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "dither_point.hpp"
#include "nearest_cells.hpp"
#include "sample_array.hpp"

namespace vqi::detail {

/// What strengths are parts of.
inline constexpr std::int32_t full_strength = 1024;

/// Codewords as points. Shared by all threads of a dither.
class DitherPalette {
 public:
  /// Copies the `codewords`, pixels of `channels` samples.
  DitherPalette(const SampleArray& codewords, std::uint32_t channels);

  [[nodiscard]] const std::vector<DitherPoint>& points() const noexcept { return points_; }
  [[nodiscard]] std::uint32_t channels() const noexcept { return channels_; }
  [[nodiscard]] std::int32_t max_value() const noexcept { return max_value_; }
  [[nodiscard]] bool has_alpha() const noexcept { return channels_ % 2 == 0; }
  [[nodiscard]] bool is_transparent(const DitherPoint& point) const noexcept {
    return has_alpha() && point[channels_ - 1] == 0;
  }
  [[nodiscard]] bool is_opaque(const DitherPoint& point) const noexcept {
    return has_alpha() && point[channels_ - 1] == max_value_;
  }

  /// `error`, the difference of a wanted colour and the codeword `number`, or a part of it: as much as codewords can
  /// make good again. `scale` is what one code value is in `error`.
  [[nodiscard]] DitherPoint limited(DitherPoint error, std::uint16_t number, std::int32_t scale) const noexcept;

  /// The order of codewords in a threshold pattern: by brightness, or by cover.
  [[nodiscard]] std::int64_t brightness(std::uint16_t number) const noexcept { return brightness_[number]; }

 private:
  std::vector<DitherPoint> points_;
  std::uint32_t channels_;
  std::int32_t max_value_;
  std::array<std::vector<std::int32_t>, 4> extremes_;  // points that lie farthest in some direction, by coordinates
  std::vector<std::int64_t> radius_sq_;                // of each codeword: errors up to this length are not limited
  std::vector<std::int64_t> brightness_;
};

/// The searches of one thread among the codewords of a palette.
class DitherSearch {
 public:
  /// Borrows the palette.
  explicit DitherSearch(const DitherPalette& palette);

  /// The codeword nearest to `wanted`, for a pixel that is opaque or not: an opaque pixel gets an opaque codeword if
  /// there is one. `wanted` may lie outside the range of samples.
  [[nodiscard]] std::uint16_t nearest(const DitherPoint& wanted, bool opaque);

 private:
  std::int32_t max_value_;
  NearestCells all_;
  NearestCells opaque_;
};

}  // namespace vqi::detail
