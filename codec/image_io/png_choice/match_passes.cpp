// Long strips with prices of their regions; where errors are diffused short strips, row by row.
#include "match_passes.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "byte_distances.hpp"
#include "colour_merging.hpp"
#include "diffused_match_search.hpp"
#include "diffused_targets.hpp"
#include "greedy_parse.hpp"
#include "search_costs.hpp"

namespace vqi::detail {
namespace {

/// The counts of each region with a quarter of the mean: blocks of DEFLATE have codes of their own, but a region's few
/// symbols tell little of rare ones.
std::vector<SymbolCounts> local_counts(const std::vector<SymbolCounts>& regions) {
  constexpr std::uint32_t share = 4;
  const SymbolCounts sum = sum_of(regions);
  const auto parts = static_cast<std::uint32_t>(regions.size());
  std::vector<SymbolCounts> blended = regions;
  for (SymbolCounts& counts : blended) {
    const auto blend = [&](std::uint32_t& count, std::uint32_t all) { count = share * count + all / parts; };
    for (std::size_t i = 0; i < counts.main.size(); ++i) blend(counts.main[i], sum.main[i]);
    for (std::size_t i = 0; i < counts.distances.size(); ++i) blend(counts.distances[i], sum.distances[i]);
  }
  return blended;
}

/// Rows for the search over matches are cut into long strips, as matches across a cut copy what the pass before chose.
struct MatchStrips {
  static constexpr std::size_t strip_bytes = std::size_t{1} << 19;

  explicit MatchStrips(const PaletteMap& map)
      : height(map.height_px), stride(packed_row_bytes(map.width_px, index_depth(map.colours.size())) + 1) {
    count = static_cast<std::uint32_t>(
        std::clamp<std::size_t>((stride * height + strip_bytes / 2) / strip_bytes, 1, height));
  }
  [[nodiscard]] std::size_t first_row(std::size_t strip) const noexcept { return height * strip / count; }
  [[nodiscard]] std::size_t regions(std::size_t strip) const noexcept {
    return ((first_row(strip + 1) - first_row(strip)) * stride + MatchSearch::region_bytes - 1) /
           MatchSearch::region_bytes;
  }

  std::size_t height;
  std::size_t stride;
  std::uint32_t count;
};

using RegionCounts = std::vector<std::vector<SymbolCounts>>;  // of each strip

/// How much an error of each byte counts: once, and once for each byte that copies it in a parse without loss.
std::vector<std::uint8_t> copy_weights(std::span<const std::uint8_t> rows, const ChoiceInput& input) {
  std::vector<std::uint8_t> weights(rows.size(), 1);
  const std::vector<DeflateStep> steps = parse_greedily(rows, [&] { input.work.progress.poll(); });
  std::size_t place = rows.size();
  for (std::size_t s = steps.size(); s-- > 0;) {
    const DeflateStep& step = steps[s];
    if (step.length == 0) --place;
    for (std::uint32_t t = 0; t < step.length; ++t) {
      --place;
      std::uint8_t& source = weights[place - step.value - 1];
      source = static_cast<std::uint8_t>(std::min<std::uint32_t>(source + weights[place], MatchSearch::largest_weight));
    }
  }
  return weights;
}

/// One pass of the search over matches.
RegionCounts match_pass(PaletteMap& map, std::span<const RowFilter> filters, const RegionCounts& counts,
                        const ChoiceInput& input) {
  const IndexColours colours(map.colours);
  PaletteMap nearest{map.width_px, map.height_px, nearest_indices(colours, map, input), {}};
  const std::uint32_t depth = index_depth(map.colours.size());
  const std::vector<std::uint8_t> literals = png_rows(nearest, depth, RowFilter::none);
  const std::vector<std::uint8_t> packed = png_rows(map, depth, RowFilter::none);
  const std::vector<std::uint8_t> before = filters.empty() ? packed : png_rows(map, depth, filters);
  const std::vector<std::uint8_t> weights = copy_weights(before, input);
  const MatchStrips strips(map);
  RegionCounts found(strips.count);
  input.work.pool.for_each(strips.count, [&](std::size_t strip) {
    std::vector<SearchCosts> costs;
    for (const SymbolCounts& region : local_counts(counts[strip]))
      costs.emplace_back(symbol_prices(region), input.lambda_64);
    found[strip].resize(costs.size());
    const std::size_t rows = strips.first_row(strip + 1) - strips.first_row(strip);
    const std::size_t begin = strips.first_row(strip) * strips.stride;
    const std::size_t size = rows * strips.stride;
    const std::size_t window = std::min<std::size_t>(begin, farthest_match);
    const std::size_t pixel = strips.first_row(strip) * map.width_px;
    const ByteDistances distances(colours, std::span(input.pixels).subspan(pixel, rows * map.width_px), map.width_px,
                                  depth);
    MatchSearch search(distances, costs, input.effort.match, strips.stride);
    const auto with_window = [&](std::span<const std::uint8_t> all) {
      return all.subspan(begin - window, window + size);
    };
    const std::vector<std::uint8_t> bytes = search.search(
        {with_window(before), std::span(literals).subspan(begin, size), std::span(weights).subspan(begin, size),
         with_window(packed), filters.empty() ? filters : filters.subspan(strips.first_row(strip), rows)},
        found[strip]);
    unpack_rows(bytes, map.width_px, depth, std::span(map.indices).subspan(pixel));
  });
  return found;
}

/// Counts of a parse without loss, from which the first prices come.
RegionCounts first_region_counts(const PaletteMap& map, std::span<const RowFilter> filters, const ChoiceInput& input) {
  const MatchStrips strips(map);
  const std::uint32_t depth = index_depth(map.colours.size());
  const std::vector<std::uint8_t> rows =
      filters.empty() ? png_rows(map, depth, RowFilter::none) : png_rows(map, depth, filters);
  RegionCounts counts(strips.count);
  for (std::size_t strip = 0; strip < strips.count; ++strip) counts[strip].resize(strips.regions(strip));
  std::size_t strip = 0;
  std::size_t place = 0;
  for (const DeflateStep& step : parse_greedily(rows, [&] { input.work.progress.poll(); })) {
    while (place >= strips.first_row(strip + 1) * strips.stride) ++strip;
    counts[strip][(place - strips.first_row(strip) * strips.stride) / MatchSearch::region_bytes].add(step);
    place += std::max<std::size_t>(1, step.length);
  }
  return counts;
}

/// One pass where errors are diffused, with prices of all strips together.
SymbolCounts diffused_match_pass(PaletteMap& map, const SymbolCounts& counts, const ChoiceInput& input) {
  const IndexColours colours(map.colours);
  const std::vector<std::uint8_t> nearest = nearest_indices(colours, map, input);
  const std::uint32_t depth = index_depth(map.colours.size());
  const std::vector<std::uint8_t> before = map.indices;
  const std::vector<std::uint8_t> wanted = png_rows(map, depth, RowFilter::none);
  const SearchCosts costs(symbol_prices(counts), input.lambda_64);
  const Diffusion diffusion(map.colours, input.strength, input.mask);
  const std::size_t stride = packed_row_bytes(map.width_px, depth) + 1;
  const std::uint32_t strips = strip_count(map.height_px);
  std::vector<SymbolCounts> found(strips);
  input.work.pool.for_each(strips, [&](std::size_t strip) {
    const std::uint32_t first = strip_begin(map.height_px, static_cast<std::uint32_t>(strip));
    const std::uint32_t last = strip_begin(map.height_px, static_cast<std::uint32_t>(strip) + 1);
    const std::size_t window = std::min<std::size_t>(first * stride, farthest_match);
    DiffusedTargets targets(diffusion, colours, map.width_px);
    DiffusedMatchSearch search(targets, colours, costs, input.effort.match, map.width_px, depth,
                               std::span(wanted).subspan(first * stride - window, window));
    for (std::uint32_t y = first - std::min(first, warm_up_rows); y < last; ++y) {
      input.work.progress.poll();
      const std::size_t at = std::size_t{y} * map.width_px;
      targets.begin_row(at, input.pixels.data() + at, nearest.data() + at);
      if (y >= first)
        unpack_rows(search.search(std::span(wanted).subspan(y * stride, stride), found[strip]), map.width_px, depth,
                    std::span(map.indices).subspan(at));
      targets.end_row((y < first ? before : map.indices).data() + at);
    }
  });
  return sum_of(found);
}

/// How often each index is part of a literal, by a quick parse. Under filters literals are residuals, but fewer colours
/// make these alike, too.
std::vector<std::uint32_t> literal_counts(const PaletteMap& map, std::span<const RowFilter> filters,
                                          const ChoiceInput& input) {
  const std::uint32_t depth = index_depth(map.colours.size());
  const std::size_t per_byte = 8 / depth;
  const std::size_t stride = packed_row_bytes(map.width_px, depth) + 1;
  const std::vector<std::uint8_t> rows =
      filters.empty() ? png_rows(map, depth, RowFilter::none) : png_rows(map, depth, filters);
  std::vector<std::uint32_t> counts(map.colours.size());
  std::size_t place = 0;
  for (const DeflateStep& step : parse_greedily(rows, [&] { input.work.progress.poll(); })) {
    const std::size_t x = place % stride;
    if (step.length == 0 && x > 0) {
      const std::size_t end = std::min<std::size_t>(x * per_byte, map.width_px);
      const std::uint8_t* const row = map.indices.data() + place / stride * map.width_px;
      for (std::size_t i = (x - 1) * per_byte; i < end; ++i) ++counts[row[i]];
    }
    place += std::max<std::size_t>(1, step.length);
  }
  return counts;
}

/// Drops colours that no pixel has, after those that are not worth their bits are merged with others.
void merge_and_drop(PaletteMap& map, std::span<const RowFilter> filters, const ChoiceInput& input) {
  if (!input.diffuses) merge_colours(map, input.pixels, literal_counts(map, filters, input), input.lambda_64);
  move_colours(map, input);
  drop_unused(map);
}

/// Runs passes, which turn counts into those of the next one.
template <typename Counts, typename Pass>
CostedMap best_of_passes(PaletteMap map, std::span<const RowFilter> filters, Counts counts, const ChoiceInput& input,
                         const Pass& run_pass) {
  CostedMap best;
  for (std::uint32_t pass = 0; pass < input.effort.match_passes; ++pass) {
    counts = run_pass(map, counts);
    PaletteMap used = map;
    merge_and_drop(used, filters, input);
    move_colours(map, input);
    CostedMap found = measure(std::move(used), input, RowFilter::none, filters);
    if (pass == 0 || found.cost < best.cost) best = std::move(found);
  }
  return best;
}

}  // namespace

CostedMap search_matches(PaletteMap map, const ChoiceInput& input, std::span<const RowFilter> filters) {
  if (input.diffuses) {
    const SymbolCounts first = guessed_counts(png_rows(map, index_depth(map.colours.size()), RowFilter::none));
    return best_of_passes(std::move(map), {}, first, input, [&](PaletteMap& chosen, const SymbolCounts& counts) {
      return diffused_match_pass(chosen, counts, input);
    });
  }
  merge_and_drop(map, filters, input);
  RegionCounts first = first_region_counts(map, filters, input);
  return best_of_passes(
      std::move(map), filters, std::move(first), input,
      [&](PaletteMap& chosen, const RegionCounts& counts) { return match_pass(chosen, filters, counts, input); });
}

}  // namespace vqi::detail
