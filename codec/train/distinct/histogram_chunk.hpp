// The bins of one chunk of a histogram that are not 0: counted, listed, or visited one by one.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

namespace vqi::detail {

inline constexpr std::size_t chunk_bins = 512;

/// The colour codes of a chunk that occur, ascending, and their counts.
struct ChunkList {
  static constexpr std::size_t room = chunk_bins + 16;  ///< a full SIMD vector may be written after the last code
  std::size_t size = 0;
  std::array<std::uint32_t, room> codes;
  std::array<std::uint32_t, room> counts;
};

/// Calls use(position, count) for each of `bins` that is not 0, in ascending order of positions; bins.size() is a
/// multiple of 8. The fast way if few bins are not 0.
template <typename Use>
void for_each_count(std::span<const std::uint8_t> bins, const Use& use) {
  constexpr std::size_t word_bins = 8;
  for (std::size_t begin = 0; begin < bins.size(); begin += word_bins) {
    std::uint64_t word = 0;
    std::memcpy(&word, bins.data() + begin, sizeof word);
    // The first bin must be the lowest byte, so a big-endian word is reversed.
    if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
    while (word != 0) {
      const auto shift = static_cast<std::uint32_t>(std::countr_zero(word)) / 8 * 8;
      use(static_cast<std::uint32_t>(begin + shift / 8), static_cast<std::uint32_t>(word >> shift & 0xFFU));
      word &= ~(std::uint64_t{0xFF} << shift);
    }
  }
}

/// The number of a chunk's bins that are not 0.
[[nodiscard]] std::size_t count_occurring(const std::uint8_t* bins) noexcept;

/// Lists these bins; the code of bins[0] is `first_code`.
void list_chunk(const std::uint8_t* bins, std::uint32_t first_code, ChunkList& list) noexcept;

}  // namespace vqi::detail
