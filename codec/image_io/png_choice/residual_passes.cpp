// Strips of rows at once; each pass learns prices and colours from the one before.
#include "residual_passes.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "diffused_targets.hpp"
#include "run_parse.hpp"
#include "search_costs.hpp"

namespace vqi::detail {
namespace {

/// One pass of the search over residuals; returns the symbols of the choice. `make_targets` makes those of a strip.
template <typename MakeTargets>
SymbolCounts residual_pass(PaletteMap& map, const SymbolCounts& counts, bool looks_ahead, const ChoiceInput& input,
                           const IndexColours& colours, const MakeTargets& make_targets) {
  const std::vector<std::uint8_t> nearest = nearest_indices(colours, map, input);
  const SearchCosts costs(symbol_prices(counts), input.lambda_64);
  const std::vector<std::uint8_t> before = map.indices;
  const std::uint32_t strips = strip_count(map.height_px);
  std::vector<SymbolCounts> found(strips);
  input.work.pool.for_each(strips, [&](std::size_t strip) {
    auto targets = make_targets();
    ResidualSearch search(colours, targets, costs, input.effort.residual, map.width_px);
    const std::uint32_t begin = strip_begin(map.height_px, static_cast<std::uint32_t>(strip));
    const std::uint32_t end = strip_begin(map.height_px, static_cast<std::uint32_t>(strip) + 1);
    for (std::uint32_t y = input.diffuses ? begin - std::min(begin, warm_up_rows) : begin; y < end; ++y) {
      input.work.progress.poll();
      const std::size_t at = std::size_t{y} * map.width_px;
      targets.begin_row(at, input.pixels.data() + at, nearest.data() + at);
      if (y >= begin) {
        typename decltype(search)::Row row{nullptr, nullptr, nullptr, map.indices.data() + at};
        if (y > 0) row.above = (y == begin ? before.data() : map.indices.data()) + at - map.width_px;
        if (looks_ahead && y + 1 < map.height_px) {
          row.pixels_below = input.pixels.data() + at + map.width_px;
          row.below = before.data() + at + map.width_px;
        }
        search.search(row, found[strip]);
      }
      targets.end_row((y < begin ? before : map.indices).data() + at);
    }
  });
  return sum_of(found);
}

SymbolCounts residual_pass(PaletteMap& map, const SymbolCounts& counts, bool looks_ahead, const ChoiceInput& input) {
  const IndexColours colours(map.colours);
  if (!input.diffuses)
    return residual_pass(map, counts, looks_ahead, input, colours, [&] { return PlainTargets(colours); });
  const Diffusion diffusion(map.colours, input.strength, input.mask);
  // The start is dithered, so that there is something to look ahead at from the first pass on.
  return residual_pass(map, counts, true, input, colours,
                       [&] { return DiffusedTargets(diffusion, colours, map.width_px); });
}

}  // namespace

CostedMap search_residuals(PaletteMap map, const ChoiceInput& input) {
  const std::vector<std::uint8_t> rows = png_rows(map, 8, RowFilter::paeth);
  SymbolCounts counts = guessed_counts(rows);
  if (input.continues) {
    counts = {};
    const auto poll = [&] { input.work.progress.poll(); };
    for (const DeflateStep& step : parse_runs(rows, 0, rows.size(), 1, poll)) counts.add(step);
  }
  for (std::uint32_t pass = 0; pass < input.effort.residual_passes; ++pass) {
    counts = residual_pass(map, counts, pass > 0 || input.continues, input);
    move_colours(map, input);
  }
  drop_unused(map);
  return measure(std::move(map), input, RowFilter::paeth);
}

}  // namespace vqi::detail
