// StreamSizes: how small a stream is beside the samples that it holds.
#pragma once

#include <cstdint>

#include "block_grid.hpp"
#include "vqi/report.hpp"

namespace vqi::detail {

struct StreamSizes {
  std::uint64_t raw_bytes = 0;  ///< of the image's samples
  double ratio = 0;             ///< raw_bytes to bytes of the file
  double bpp = 0;               ///< bits of the file per pixel
  double index_bpp = 0;         ///< bits of the coded indices per pixel
};

[[nodiscard]] inline StreamSizes sizes_of_stream(const BlockGrid& grid, const ByteCounts& bytes) noexcept {
  const double pixels = static_cast<double>(grid.width_px) * grid.height_px;
  const std::uint64_t raw_bytes = std::uint64_t{grid.width_px} * grid.height_px * grid.pixel_bytes();
  return {raw_bytes, static_cast<double>(raw_bytes) / static_cast<double>(bytes.file),
          8.0 * static_cast<double>(bytes.file) / pixels, 8.0 * static_cast<double>(bytes.index) / pixels};
}

}  // namespace vqi::detail
