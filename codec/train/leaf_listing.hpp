// list_leaf: the entries of a table's leaf that are not 0.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace vqi {

inline constexpr std::size_t leaf_keys = 512;

struct LeafList {
  static constexpr std::size_t room = leaf_keys + 16;  ///< a full SIMD vector may be written behind the last
  std::size_t size = 0;
  std::array<std::uint32_t, room> keys;
  std::array<std::uint32_t, room> counts;
};

/// How many of the `leaf_keys` entries are not 0.
[[nodiscard]] std::size_t count_leaf(const std::uint8_t* entries) noexcept;

/// Lists those entries, ascending; keys count from `first_key`.
void list_leaf(const std::uint8_t* entries, std::uint32_t first_key, LeafList& list) noexcept;

}  // namespace vqi
