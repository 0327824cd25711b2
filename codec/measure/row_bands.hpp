// RowBands: cuts rows into bands that depend on the image alone, so that sums do not depend on threads.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace vqi::detail {

/// Bands of `band_height` rows each; the last may be lower.
class RowBands {
 public:
  struct Band {
    std::uint32_t first;
    std::uint32_t last;  ///< one behind the last row
  };

  RowBands(std::uint32_t row_count, std::uint32_t band_height) noexcept
      : row_count_(row_count), band_height_(band_height) {}

  [[nodiscard]] std::size_t count() const noexcept {
    return row_count_ / band_height_ + (row_count_ % band_height_ != 0 ? 1 : 0);
  }
  [[nodiscard]] Band operator[](std::size_t index) const noexcept {
    const auto first = static_cast<std::uint32_t>(index * band_height_);
    return {first, first + std::min(band_height_, row_count_ - first)};
  }

 private:
  std::uint32_t row_count_;
  std::uint32_t band_height_;
};

}  // namespace vqi::detail
