// How our encoder cuts a map into strips; a decoder takes any strips that the header allows.
#pragma once

#include <cstdint>

#include "block_grid.hpp"
#include "stream_header.hpp"
#include "vqi/options.hpp"

namespace vqi::detail {

/// Vectors in a strip of packed indices. Such strips are short, for parallel work and for regions.
inline constexpr std::uint64_t packed_strip_vectors = strip_vectors_min;

/// Vectors in a strip of a context model. A model starts anew in each strip, so strips are long. Those of `fast` are
/// the longest, since it learns the slowest and works the fastest.
[[nodiscard]] constexpr std::uint64_t model_strip_vectors(Model model) noexcept {
  return model == Model::fast ? std::uint64_t{3} << 21 : std::uint64_t{1} << 22;
}

/// The rows of a strip: the fewest that have `vectors` vectors, or all rows of the map.
[[nodiscard]] std::uint32_t choose_strip_rows(const BlockGrid& grid,
                                              std::uint64_t vectors = packed_strip_vectors) noexcept;

}  // namespace vqi::detail
