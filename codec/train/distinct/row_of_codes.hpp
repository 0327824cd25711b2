// RowOfCodes: the rows of a map as colour codes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "block_grid.hpp"
#include "colour_code.hpp"

namespace vqi::detail {

/// Larger vectors have too many possible values for a histogram.
inline constexpr std::size_t dense_bytes_max = 3;
/// With more histograms, merging would take more time than counting in parallel saves.
inline constexpr std::size_t histograms_max = 4;

/// Reads the colour codes of the index map's rows, one row at a time. Borrows image and grid.
class RowOfCodes {
 public:
  RowOfCodes(const ImageView& image, const BlockGrid& grid) : image_(image), grid_(grid), codes_(grid.map_width()) {
    if (!grid.single_pixels()) vectors_.resize(grid.map_width() * grid.vector_bytes());
  }
  [[nodiscard]] std::span<const std::uint32_t> read(const ColourCode& code, std::uint32_t map_y) {
    const std::byte* vectors = image_.row(map_y);
    if (!grid_.single_pixels()) {
      gather_vectors(image_, grid_, map_y, vectors_.data());
      vectors = vectors_.data();
    }
    code.read_codes(vectors, codes_);
    return codes_;
  }

 private:
  const ImageView& image_;
  const BlockGrid& grid_;
  std::vector<std::uint32_t> codes_;
  std::vector<std::byte> vectors_;
};

}  // namespace vqi::detail
