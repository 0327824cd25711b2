// The entries of a table's leaf that are not 0: listed, counted, or one by one.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

namespace vqi::detail {

inline constexpr std::size_t leaf_keys = 512;

struct LeafList {
  static constexpr std::size_t room = leaf_keys + 16;  ///< a full SIMD vector may be written behind the last
  std::size_t size = 0;
  std::array<std::uint32_t, room> keys;
  std::array<std::uint32_t, room> counts;
};

/// Calls use(position, count) for those of `entries`, a multiple of 8 of them, that are not 0, ascending: what suits
/// few.
template <typename Use>
void for_each_count(std::span<const std::uint8_t> entries, const Use& use) {
  constexpr std::size_t word_entries = 8;
  for (std::size_t begin = 0; begin < entries.size(); begin += word_entries) {
    std::uint64_t word = 0;
    std::memcpy(&word, entries.data() + begin, sizeof word);
    // The order of entries is that of bytes in memory, so a big-endian word is turned round.
    if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
    while (word != 0) {
      const auto shift = static_cast<std::uint32_t>(std::countr_zero(word)) / 8 * 8;
      use(static_cast<std::uint32_t>(begin + shift / 8), static_cast<std::uint32_t>(word >> shift & 0xFFU));
      word &= ~(std::uint64_t{0xFF} << shift);
    }
  }
}

/// How many of the `leaf_keys` entries are not 0.
[[nodiscard]] std::size_t count_leaf(const std::uint8_t* entries) noexcept;

/// Lists those entries, ascending; keys count from `first_key`.
void list_leaf(const std::uint8_t* entries, std::uint32_t first_key, LeafList& list) noexcept;

}  // namespace vqi::detail
