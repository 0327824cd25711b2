// Huffman codes of bounded length, as DEFLATE writes them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace vqi::detail {

/// The code length of each symbol, at most `longest` bits and 0 where a count is 0; 1 for a symbol that is alone.
[[nodiscard]] std::vector<std::uint8_t> code_lengths(std::span<const std::uint32_t> counts, std::uint32_t longest);

/// The canonical codes of RFC 1951, 3.2.2, of at most 15 bits, with the first bit lowest, as they are written.
[[nodiscard]] std::vector<std::uint16_t> canonical_codes(std::span<const std::uint8_t> lengths);

}  // namespace vqi::detail
