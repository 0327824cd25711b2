// Shifts each index to its place in its byte.
#include "packed_indices.hpp"

namespace vqi::tool {

std::uint32_t fewest_index_bits(std::uint32_t k) noexcept {
  std::uint32_t bits = 1;
  while (bits < 16 && std::uint32_t{1} << bits < k) bits *= 2;
  return bits;
}

std::size_t packed_row_bytes(std::uint32_t width, std::uint32_t bits) noexcept {
  return (std::size_t{width} * bits + 7) / 8;
}

std::vector<std::byte> pack_indices(const BlockImage& image, std::uint32_t bits, BitOrder order) {
  const std::uint32_t width = image.indexed.map_width;
  const std::uint32_t per_byte = 8 / bits;
  const std::size_t row_bytes = packed_row_bytes(width, bits);
  std::vector<std::byte> bytes(row_bytes * image.indexed.map_height);
  for (std::uint32_t y = 0; y < image.indexed.map_height; ++y) {
    const std::uint16_t* const indices = image.map_row(y);
    std::byte* const row = bytes.data() + y * row_bytes;
    for (std::uint32_t x = 0; x < width; ++x) {
      const std::uint32_t place = x % per_byte;
      const std::uint32_t shift = bits * (order == BitOrder::msb_first ? per_byte - 1 - place : place);
      row[x / per_byte] |= static_cast<std::byte>(std::uint32_t{indices[x]} << shift);
    }
  }
  return bytes;
}

}  // namespace vqi::tool
