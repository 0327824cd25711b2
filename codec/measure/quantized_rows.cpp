// Each row of pixels lies in one row of the map.
#include "quantized_rows.hpp"

#include <algorithm>

namespace vqi::detail {

QuantizedRows::QuantizedRows(const BlockGrid& grid, const SampleArray& codewords,
                             std::span<const std::uint16_t> indices)
    : grid_(grid), codewords_(codewords.bytes().size() + scatter_padding_bytes), indices_(indices) {
  std::copy(codewords.bytes().begin(), codewords.bytes().end(), codewords_.begin());
}

const std::byte* QuantizedRows::pixels(std::uint32_t y, std::uint32_t x, std::uint32_t count,
                                       std::byte* buffer) const noexcept {
  const std::size_t map_width = grid_.map_width();
  const std::size_t begin = y / grid_.block_height_px * map_width;
  scatter_pixels(grid_, codewords_.data(), indices_.subspan(begin, map_width), y % grid_.block_height_px, x, count,
                 buffer);
  return buffer;
}

}  // namespace vqi::detail
