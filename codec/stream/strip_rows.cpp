// The fewest rows that hold a number of vectors, and strips that are alike.
#include "strip_rows.hpp"

#include <algorithm>

#include "integer.hpp"

namespace vqi::detail {

std::uint32_t choose_strip_rows(const BlockGrid& grid, std::uint64_t vectors) noexcept {
  const std::uint64_t rows = divide_up<std::uint64_t>(vectors, grid.map_width());
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(rows, grid.map_height()));
}

std::uint32_t choose_strip_rows(const BlockGrid& grid, Model model) noexcept {
  constexpr std::uint64_t one_strip_vectors = std::uint64_t{1} << 22;  // shorter ones cost 1 to 2 % of the bytes
  const std::uint64_t length = model == Model::fast ? std::uint64_t{3} << 21 : std::uint64_t{1} << 22;
  if (grid.vector_count() <= one_strip_vectors) return grid.map_height();
  const std::uint64_t pairs = std::max<std::uint64_t>(1, (grid.vector_count() + length) / (2 * length));
  const std::uint64_t strips = std::min<std::uint64_t>(2 * pairs, grid.map_height());
  std::uint64_t rows = grid.map_height() / strips;
  while (grid.map_height() / rows > strips) ++rows;
  return static_cast<std::uint32_t>(rows);
}

}  // namespace vqi::detail
