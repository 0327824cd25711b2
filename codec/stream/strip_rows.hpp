// How our encoder cuts a map into strips; a decoder takes any strips that the header allows.
#pragma once

#include <cstdint>

#include "block_grid.hpp"
#include "stream_header.hpp"
#include "vqi/options.hpp"

namespace vqi::detail {

/// Vectors in a strip of packed indices. Such strips are short, for parallel work and for regions.
inline constexpr std::uint64_t packed_strip_vectors = strip_vectors_min;

/// The fewest rows that have `vectors` vectors, or all rows of the map.
[[nodiscard]] std::uint32_t choose_strip_rows(const BlockGrid& grid,
                                              std::uint64_t vectors = packed_strip_vectors) noexcept;

/// The rows of a context model's strips. A model starts anew in each strip, so strips are long, and one where the map
/// is small. Else they are alike and of an even number, so that two threads have the same to do. Those of `fast` are
/// the longest, since it learns the slowest and works the fastest.
[[nodiscard]] std::uint32_t choose_strip_rows(const BlockGrid& grid, Model model) noexcept;

}  // namespace vqi::detail
