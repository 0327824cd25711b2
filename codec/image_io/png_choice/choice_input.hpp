// What the passes of both searches share: the effort, the picture, strips of rows, and a map with its cost.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "deflate.hpp"
#include "deflate_steps.hpp"
#include "index_colours.hpp"
#include "match_search.hpp"
#include "palette_map.hpp"
#include "png_rows.hpp"
#include "residual_search.hpp"
#include "work.hpp"

namespace vqi::detail {

/// What an effort spends.
struct ChoiceEffort {
  bool tries_both;    ///< else the search whose filter is better without a loss
  bool filters_rows;  ///< matches are searched in rows with filters of their own as well
  std::uint32_t residual_passes;
  ResidualEffort residual;
  std::uint32_t match_passes;
  MatchEffort match;
  std::uint32_t order_tries;  ///< of annealing, for each colour
  DeflateEffort measure_residuals;
  DeflateEffort measure_matches;
};

/// The errors above a strip are those of the pass before, from some rows earlier on.
inline constexpr std::uint32_t warm_up_rows = 8;

/// What both searches read.
struct ChoiceInput {
  const std::vector<PremultipliedColour>& pixels;
  std::uint32_t lambda_64;
  double lambda;
  const ChoiceEffort& effort;
  const Work& work;
  bool diffuses = false;                 ///< errors to pixels after them,
  std::int32_t strength = 0;             ///< to this part of `full_strength`,
  std::span<const std::uint8_t> mask{};  ///< where this is not 0; empty: everywhere
  bool continues = false;                ///< the map is the result of a search, not its start
};

/// A map with its cost.
struct CostedMap {
  PaletteMap map;
  RowFilter filter = RowFilter::none;
  std::vector<RowFilter> row_filters{};  ///< if each row has one of its own
  std::uint64_t squared_error = 0;
  std::uint64_t bits = 0;
  double cost = 0;
};

/// Rows are searched in strips at once, which see the pass before above their first row. Their number depends on the
/// height alone.
[[nodiscard]] std::uint32_t strip_count(std::uint32_t height) noexcept;
/// The first row of strip i.
[[nodiscard]] std::uint32_t strip_begin(std::uint32_t height, std::uint32_t i) noexcept;

/// The nearest colour of each pixel, from the indices of the pass before.
[[nodiscard]] std::vector<std::uint8_t> nearest_indices(const IndexColours& colours, const PaletteMap& map,
                                                        const ChoiceInput& input);

/// The map's cost where its rows have this filter, or those of `filters` if it is not empty.
[[nodiscard]] CostedMap measure(PaletteMap map, const ChoiceInput& input, RowFilter filter,
                                std::span<const RowFilter> filters = {});

/// Moves colours to the means of their pixels, or where errors are diffused of what was wanted of these.
void move_colours(PaletteMap& map, const ChoiceInput& input);

/// Drops colours that no pixel has and that are not kept.
void drop_unused(PaletteMap& map);

[[nodiscard]] SymbolCounts sum_of(const std::vector<SymbolCounts>& parts);

}  // namespace vqi::detail
