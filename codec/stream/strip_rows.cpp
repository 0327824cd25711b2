// The fewest rows that hold a number of vectors.
#include "strip_rows.hpp"

#include <algorithm>

#include "integer.hpp"

namespace vqi::detail {

std::uint32_t choose_strip_rows(const BlockGrid& grid, std::uint64_t vectors) noexcept {
  const std::uint64_t rows = divide_up<std::uint64_t>(vectors, grid.map_width());
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(rows, grid.map_height()));
}

}  // namespace vqi::detail
