// SOT marker segments: ISO/IEC 15444-1, annex A.4.2. Compressed data never hold two bytes from 0xFF90 on, so that a
// marker is one wherever it stands.
#include "tile_parts.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "byte_window.hpp"

namespace vqi::detail {

std::vector<std::byte> with_bounded_tile_parts(std::span<const std::byte> bytes) {
  constexpr std::array start_of_tile_part{std::byte{0xFF}, std::byte{0x90}, std::byte{0}, std::byte{10}};
  constexpr std::size_t length_at = 6;  // marker, length of the segment, number of the tile
  constexpr std::size_t length_bytes = 4;
  const ByteWindow window(bytes, "JPEG 2000");
  std::vector<std::byte> bounded;
  auto found = bytes.begin();
  while (true) {
    found = std::search(found, bytes.end(), start_of_tile_part.begin(), start_of_tile_part.end());
    const auto rest = static_cast<std::size_t>(bytes.end() - found);
    if (rest < length_at + length_bytes) return bounded;
    const std::size_t place = bytes.size() - rest + length_at;
    if (window.be32(place) > rest) {
      if (bounded.empty()) bounded.assign(bytes.begin(), bytes.end());
      for (std::size_t i = 0; i < length_bytes; ++i)
        bounded[place + i] = static_cast<std::byte>(std::uint64_t{rest} >> (8 * (length_bytes - 1 - i)));
    }
    ++found;
  }
}

}  // namespace vqi::detail
