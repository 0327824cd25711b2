// pack_indices: an index map with 1, 2, 4 or 8 bits for an index, each row padded to a byte.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "block_image.hpp"

namespace vqi::tool {

/// Which bits of a byte hold the index that comes first in a row.
enum class BitOrder {
  msb_first,  ///< the upper ones, as in PNG
  lsb_first,  ///< the lower ones, as in XBM
};

/// The fewest of 1, 2, 4, 8 and 16 bits that hold the indices of `k` codewords.
[[nodiscard]] std::uint32_t fewest_index_bits(std::uint32_t k) noexcept;

/// Bytes of a row of `width` indices.
[[nodiscard]] std::size_t packed_row_bytes(std::uint32_t width, std::uint32_t bits) noexcept;

/// The map row by row. `bits` are 1, 2, 4 or 8 and hold every index; those that pad a row are zero.
[[nodiscard]] std::vector<std::byte> pack_indices(const BlockImage& image, std::uint32_t bits, BitOrder order);

}  // namespace vqi::tool
