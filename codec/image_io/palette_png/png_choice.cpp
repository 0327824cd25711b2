// Two searches, over residuals and over matches, each in passes that learn prices and colours from the pass before.
#include "png_choice.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <string>

#include "byte_distances.hpp"
#include "deflate.hpp"
#include "greedy_parse.hpp"
#include "match_search.hpp"
#include "palette_order.hpp"
#include "png_rows.hpp"
#include "residual_search.hpp"
#include "vqi/error.hpp"

namespace vqi::detail {
namespace {

/// What an effort spends.
struct ChoiceEffort {
  bool tries_both;  ///< else the search whose filter is better without a loss
  std::uint32_t residual_passes;
  ResidualEffort residual;
  std::uint32_t match_passes;
  MatchEffort match;
  std::uint32_t order_tries;  ///< of annealing, for each colour
  DeflateEffort measure_residuals;
  DeflateEffort measure_matches;
};

constexpr std::array<ChoiceEffort, 9> efforts{{
    {false, 1, {1, 4, 4}, 1, {1, 1, 0, 2, 4}, 500, {1, 0, 0}, {0, 6, 0}},
    {false, 1, {2, 6, 4}, 1, {1, 1, 0, 4, 8}, 500, {1, 0, 0}, {0, 6, 0}},
    {false, 2, {2, 6, 4}, 1, {2, 1, 1, 4, 8}, 1000, {2, 0, 0}, {0, 9, 0}},
    {true, 2, {3, 8, 6}, 1, {2, 1, 1, 4, 8}, 2000, {2, 0, 0}, {0, 10, 0}},
    {true, 3, {3, 8, 6}, 2, {2, 2, 1, 8, 16}, 4000, {2, 0, 0}, {0, 12, 0}},
    {true, 4, {4, 12, 8}, 2, {4, 3, 1, 8, 16}, 4000, {2, 0, 0}, {0, 12, 0}},
    {true, 5, {4, 12, 10}, 2, {4, 3, 2, 12, 32}, 8000, {3, 0, 0}, {0, 12, 0}},
    {true, 6, {5, 16, 10}, 3, {8, 3, 3, 16, 64}, 8000, {3, 0, 0}, {0, 12, 0}},
    {true, 8, {6, 16, 12}, 4, {8, 4, 4, 32, 128}, 16000, {3, 0, 0}, {0, 12, 0}},
}};

/// Bytes of memory for a pixel: its colour, maps of this pass and the one before, and the nodes of strips.
constexpr std::uint64_t choice_bytes_per_pixel = 80;
constexpr std::uint32_t order_heat = 32;
/// Rows are searched in strips at once, which see the pass before above their first row. Their number depends on the
/// height alone.
constexpr std::uint32_t strip_rows = 96;

/// What both searches read.
struct ChoiceInput {
  const std::vector<PremultipliedColour>& pixels;
  std::uint32_t lambda_64;
  double lambda;
  const ChoiceEffort& effort;
  const Work& work;
};

/// A map with its cost.
struct CostedMap {
  PaletteMap map;
  std::uint64_t squared_error = 0;
  std::uint64_t bits = 0;
  double cost = 0;
};

std::uint32_t strip_count(std::uint32_t height) { return std::max(1U, (height + strip_rows / 2) / strip_rows); }

/// The first row of strip i.
std::uint32_t strip_begin(std::uint32_t height, std::uint32_t i) {
  return static_cast<std::uint32_t>(std::uint64_t{height} * i / strip_count(height));
}

CostedMap measure(PaletteMap map, const ChoiceInput& input, RowFilter filter) {
  CostedMap result{std::move(map), 0, 0, 0};
  const std::vector<std::uint8_t> rows = png_rows(result.map, index_depth(result.map.colours.size()), filter);
  const DeflateEffort& effort =
      filter == RowFilter::paeth ? input.effort.measure_residuals : input.effort.measure_matches;
  result.bits = 8 * std::uint64_t{deflate(rows, effort, [&] { input.work.progress.poll(); }).size()};
  result.squared_error = IndexColours(result.map.colours).squared_error(input.pixels, result.map.indices);
  result.cost = static_cast<double>(result.squared_error) + input.lambda * static_cast<double>(result.bits);
  return result;
}

/// The nearest colour of each pixel, from the indices of the pass before.
std::vector<std::uint8_t> nearest_indices(const IndexColours& colours, const PaletteMap& map,
                                          const ChoiceInput& input) {
  std::vector<std::uint8_t> nearest(map.indices.size());
  const std::uint32_t strips = strip_count(map.height_px);
  input.work.pool.for_each(strips, [&](std::size_t strip) {
    const std::size_t begin = std::size_t{strip_begin(map.height_px, static_cast<std::uint32_t>(strip))} * map.width_px;
    const std::size_t end =
        std::size_t{strip_begin(map.height_px, static_cast<std::uint32_t>(strip) + 1)} * map.width_px;
    for (std::size_t i = begin; i < end; ++i) nearest[i] = colours.nearest_from(input.pixels[i], map.indices[i]);
  });
  return nearest;
}

/// Drops colours that no pixel has and that are not kept.
void drop_unused(PaletteMap& map) {
  std::array<bool, ColourSet::max_size> used{};
  for (const std::uint8_t index : map.indices) used[index] = true;
  std::array<std::uint8_t, ColourSet::max_size> places{};
  std::vector<ColourSet::Colour> colours;
  for (std::size_t k = 0; k < map.colours.size(); ++k) {
    places[k] = static_cast<std::uint8_t>(colours.size());
    if (used[k] || k < map.kept) colours.push_back(map.colours[k]);
  }
  map.colours = std::move(colours);
  for (std::uint8_t& index : map.indices) index = places[index];
}

SymbolCounts sum_of(const std::vector<SymbolCounts>& parts) {
  SymbolCounts sum;
  for (const SymbolCounts& part : parts) sum.add(part);
  return sum;
}

/// Counts of bytes as literals, and a guess of matches, from which the first prices come.
SymbolCounts first_counts(std::span<const std::uint8_t> rows) {
  SymbolCounts counts;
  for (const std::uint8_t byte : rows) ++counts.main[byte];
  for (std::size_t i = 0; i < literal_symbols; ++i) counts.main[i] = counts.main[i] * 3 / 10;
  const auto size = static_cast<std::uint32_t>(rows.size());
  for (std::uint32_t i = 0; i < length_symbols; ++i) counts.main[first_length_symbol + i] = size / 30 / (i + 2);
  counts.distances.fill(size / 200);
  counts.distances[0] = size / 20;
  return counts;
}

/// One pass of the search over residuals; returns the symbols of the choice.
SymbolCounts residual_pass(PaletteMap& map, const SymbolCounts& counts, bool looks_ahead, const ChoiceInput& input) {
  const IndexColours colours(map.colours);
  const std::vector<std::uint8_t> nearest = nearest_indices(colours, map, input);
  const SearchCosts costs(symbol_prices(counts), input.lambda_64);
  const std::vector<std::uint8_t> before = map.indices;
  const std::uint32_t strips = strip_count(map.height_px);
  std::vector<SymbolCounts> found(strips);
  input.work.pool.for_each(strips, [&](std::size_t strip) {
    ResidualSearch search(colours, costs, input.effort.residual, map.width_px);
    const std::uint32_t begin = strip_begin(map.height_px, static_cast<std::uint32_t>(strip));
    const std::uint32_t end = strip_begin(map.height_px, static_cast<std::uint32_t>(strip) + 1);
    for (std::uint32_t y = begin; y < end; ++y) {
      input.work.progress.poll();
      const std::size_t at = std::size_t{y} * map.width_px;
      ResidualSearch::Row row{input.pixels.data() + at, nearest.data() + at, nullptr, nullptr, nullptr,
                              map.indices.data() + at};
      if (y > 0) row.above = (y == begin ? before.data() : map.indices.data()) + at - map.width_px;
      if (looks_ahead && y + 1 < map.height_px) {
        row.pixels_below = row.pixels + map.width_px;
        row.below = before.data() + at + map.width_px;
      }
      search.search(row, found[strip]);
    }
  });
  return sum_of(found);
}

/// The passes over residuals, from a map whose order suits Paeth's filter.
CostedMap search_residuals(PaletteMap map, const ChoiceInput& input) {
  SymbolCounts counts = first_counts(png_rows(map, 8, RowFilter::paeth));
  for (std::uint32_t pass = 0; pass < input.effort.residual_passes; ++pass) {
    counts = residual_pass(map, counts, pass > 0, input);
    move_to_means(map.colours, std::span(map.colours).first(map.kept), input.pixels, map.indices);
  }
  drop_unused(map);
  return measure(std::move(map), input, RowFilter::paeth);
}

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

/// One pass of the search over matches.
RegionCounts match_pass(PaletteMap& map, const RegionCounts& counts, const ChoiceInput& input) {
  const IndexColours colours(map.colours);
  PaletteMap nearest{map.width_px, map.height_px, nearest_indices(colours, map, input), {}};
  const std::uint32_t depth = index_depth(map.colours.size());
  const std::vector<std::uint8_t> literals = png_rows(nearest, depth, RowFilter::none);
  const std::vector<std::uint8_t> before = png_rows(map, depth, RowFilter::none);
  const MatchStrips strips(map);
  RegionCounts found(strips.count);
  input.work.pool.for_each(strips.count, [&](std::size_t strip) {
    std::vector<SearchCosts> costs;
    for (const SymbolCounts& region : counts[strip]) costs.emplace_back(symbol_prices(region), input.lambda_64);
    found[strip].resize(costs.size());
    const std::size_t rows = strips.first_row(strip + 1) - strips.first_row(strip);
    const std::size_t begin = strips.first_row(strip) * strips.stride;
    const std::size_t size = rows * strips.stride;
    const std::size_t window = std::min<std::size_t>(begin, farthest_match);
    const std::size_t pixel = strips.first_row(strip) * map.width_px;
    const ByteDistances distances(colours, std::span(input.pixels).subspan(pixel, rows * map.width_px), map.width_px,
                                  depth);
    MatchSearch search(distances, costs, input.effort.match, strips.stride);
    const std::span<const std::uint8_t> all(before);
    const std::vector<std::uint8_t> bytes = search.search(all.subspan(begin - window, window + size),
                                                          std::span(literals).subspan(begin, size), found[strip]);
    unpack_rows(bytes, map.width_px, depth, std::span(map.indices).subspan(pixel));
  });
  return found;
}

/// Counts of a parse without loss, from which the first prices come.
RegionCounts first_region_counts(const PaletteMap& map, const ChoiceInput& input) {
  const MatchStrips strips(map);
  const std::vector<std::uint8_t> rows = png_rows(map, index_depth(map.colours.size()), RowFilter::none);
  RegionCounts counts(strips.count);
  for (std::size_t strip = 0; strip < strips.count; ++strip) counts[strip].resize(strips.regions(strip));
  std::size_t strip = 0;
  std::size_t place = 0;
  for (const DeflateStep& step : parse_greedily(rows, [&] { input.work.progress.poll(); })) {
    while (place >= strips.first_row(strip + 1) * strips.stride) ++strip;
    counts[strip][(place - strips.first_row(strip) * strips.stride) / MatchSearch::region_bytes].add(step);
    place += std::max<std::size_t>(1, step.length);
  }
  for (std::vector<SymbolCounts>& regions : counts) regions = local_counts(regions);
  return counts;
}

/// The passes over matches; the best of them counts, as later ones mostly lose more than they save.
CostedMap search_matches(PaletteMap map, const ChoiceInput& input) {
  RegionCounts counts = first_region_counts(map, input);
  CostedMap best;
  for (std::uint32_t pass = 0; pass < input.effort.match_passes; ++pass) {
    counts = match_pass(map, counts, input);
    for (std::vector<SymbolCounts>& regions : counts) regions = local_counts(regions);
    move_to_means(map.colours, std::span(map.colours).first(map.kept), input.pixels, map.indices);
    PaletteMap used = map;
    drop_unused(used);
    CostedMap found = measure(std::move(used), input, RowFilter::none);
    if (pass == 0 || found.cost < best.cost) best = std::move(found);
  }
  return best;
}

/// The cheapest map among the start and what the searches find.
CostedMap cheapest_map(PaletteMap map, const ChoiceInput& input) {
  CostedMap best = measure(map, input, RowFilter::none);
  if (input.lambda <= 0) return best;
  const auto keep_cheaper = [&](CostedMap found) {
    if (found.cost < best.cost) best = std::move(found);
  };
  const std::uint64_t plain_bits = best.bits;
  bool tries_matches = true;
  if (index_depth(map.colours.size()) == 8) {
    PaletteMap ordered = map;
    const AnnealEffort annealing{input.effort.order_tries, order_heat};
    reorder(ordered, neighbour_order(ordered, annealing, [&] { input.work.progress.poll(); }));
    CostedMap plain = measure(ordered, input, RowFilter::paeth);
    // What saves without a loss mostly saves with one; where both are near each other either may.
    const std::uint64_t margin_64 = input.effort.tries_both ? 80 : 64;
    tries_matches = plain_bits * 64 < plain.bits * margin_64;
    if (!tries_matches || plain.bits * 64 < plain_bits * margin_64)
      keep_cheaper(search_residuals(std::move(ordered), input));
    keep_cheaper(std::move(plain));
  }
  input.work.progress.report(0.5);
  if (tries_matches) keep_cheaper(search_matches(std::move(map), input));
  return best;
}

void validate_choice(const ImageView& original, const IndexedImage& start, const PngChoiceOptions& options) {
  validate(original);
  if (original.bit_depth != 8)
    throw Error(ErrorCode::invalid_option, "a palette PNG holds 8 bits per sample; this image has 16");
  if (original.width_px != start.width_px || original.height_px != start.height_px)
    throw Error(ErrorCode::invalid_image, "the index map is not of the image's size");
  if (!(options.lambda >= 0 && options.lambda <= 65536))
    throw Error(ErrorCode::invalid_option, "lambda is " + std::to_string(options.lambda) + "; it must be 0 to 65536");
  if (options.fixed_colours > start.codebook.width_px())
    throw Error(ErrorCode::invalid_option, "more colours are fixed than there are codewords");
}

IndexedImage indexed_of(const PaletteMap& map, const ColourMetadata& metadata) {
  IndexedImage indexed;
  indexed.width_px = indexed.map_width = map.width_px;
  indexed.height_px = indexed.map_height = map.height_px;
  indexed.codebook = Image(static_cast<std::uint32_t>(map.colours.size()), 1, 4, 8);
  std::byte* sample = indexed.codebook.row(0);
  for (const ColourSet::Colour colour : map.colours)
    for (const std::uint32_t shift : {0U, 8U, 16U, 24U}) *sample++ = static_cast<std::byte>(colour >> shift);
  indexed.indices.assign(map.indices.begin(), map.indices.end());
  indexed.metadata = metadata;
  return indexed;
}

}  // namespace

PngChoice choose_png_indices(const ImageView& original, const IndexedImage& start, const PngChoiceOptions& options,
                             const RunOptions& run) {
  validate_choice(original, start, options);
  const std::uint64_t bytes = std::uint64_t{start.width_px} * start.height_px * choice_bytes_per_pixel;
  if (bytes > run.max_memory_bytes)
    throw Error(Limit::memory, "choosing indices takes " + std::to_string(bytes) + " bytes of memory, the limit is " +
                                   std::to_string(run.max_memory_bytes));
  PaletteMap map = make_palette_map(start, options.fixed_colours);
  const CallWork work(run);
  const std::vector<PremultipliedColour> pixels = premultiplied_pixels(original);
  const ChoiceInput input{pixels, static_cast<std::uint32_t>(std::llround(options.lambda * cost_unit)), options.lambda,
                          efforts[options.effort - 1], work};
  work.progress.begin(Stage::assign);
  const CostedMap best = cheapest_map(std::move(map), input);
  return {indexed_of(best.map, start.metadata), best.squared_error, best.bits, best.cost};
}

}  // namespace vqi::detail
