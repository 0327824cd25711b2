// RowSample: bands of rows from all over a picture, by which ways to write it are compared in a part of the time.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace vqi::detail {

/// Bands of 32 rows at equal distances, or all rows of a picture that is hardly larger than the sample.
class RowSample {
 public:
  /// About `pixels` pixels of a picture of this size.
  RowSample(std::uint32_t width_px, std::uint32_t height_px, std::size_t pixels)
      : width_(width_px), height_(height_px), bands_(height_px / band_rows) {
    const std::size_t all = std::size_t{width_px} * height_px;
    taken_ = std::max<std::uint32_t>(1, static_cast<std::uint32_t>(std::uint64_t{bands_} * pixels / all));
  }

  [[nodiscard]] bool is_all() const noexcept { return taken_ >= bands_; }
  [[nodiscard]] std::uint32_t height_px() const noexcept { return is_all() ? height_ : taken_ * band_rows; }

  /// The sampled rows of values that are row-major, one for each pixel.
  template <typename T>
  [[nodiscard]] std::vector<T> of(std::span<const T> values) const {
    if (is_all()) return {values.begin(), values.end()};
    std::vector<T> sample;
    sample.reserve(std::size_t{width_} * height_px());
    const std::size_t band_size = std::size_t{width_} * band_rows;
    for (std::uint32_t i = 0; i < taken_; ++i) {
      const std::size_t band = (2 * std::size_t{i} + 1) * bands_ / (2 * std::size_t{taken_});
      const std::span<const T> rows = values.subspan(band * band_size, band_size);
      sample.insert(sample.end(), rows.begin(), rows.end());
    }
    return sample;
  }

 private:
  static constexpr std::uint32_t band_rows = 32;

  std::uint32_t width_;
  std::uint32_t height_;
  std::uint32_t bands_;
  std::uint32_t taken_ = 1;
};

}  // namespace vqi::detail
