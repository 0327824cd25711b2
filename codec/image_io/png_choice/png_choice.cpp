// Two searches, over residuals and over matches, each in passes that learn prices and colours from the pass before.
#include "png_choice.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "choice_input.hpp"
#include "dither_palette.hpp"
#include "error_diffusion.hpp"
#include "gradient_mask.hpp"
#include "match_passes.hpp"
#include "palette_order.hpp"
#include "residual_passes.hpp"
#include "row_filters.hpp"
#include "row_sample.hpp"
#include "search_costs.hpp"
#include "vqi/error.hpp"

namespace vqi::detail {
namespace {

/// Measured on photographs and screens.
constexpr std::array<ChoiceEffort, 9> efforts{{
    {false, false, 1, {1, 4, 4}, 1, {1, 1, 0, 2, 4}, 500, {1, 0}, {0, 6}},
    {false, false, 1, {2, 6, 4}, 1, {1, 1, 0, 4, 8}, 500, {1, 0}, {0, 6}},
    {true, false, 2, {2, 6, 4}, 1, {2, 1, 1, 4, 8}, 1000, {2, 6, {1, 0, 16}}, {0, 0, {1, 0, 16}}},
    {true, true, 2, {3, 8, 6}, 1, {2, 1, 1, 4, 8}, 2000, {2, 6, {1, 0, 16}}, {0, 0, {1, 0, 16}}},
    {true, true, 3, {3, 8, 6}, 2, {2, 2, 1, 8, 16}, 4000, {2, 6, {1, 0, 16}}, {0, 0, {1, 0, 16}}},
    {true, true, 4, {4, 12, 8}, 2, {4, 3, 1, 8, 16}, 4000, {2, 6, {1, 0, 16}}, {0, 0, {1, 0, 16}}},
    {true, true, 5, {4, 12, 10}, 2, {4, 3, 2, 12, 32}, 8000, {3, 0, {2, 0, 32}}, {0, 0, {2, 0, 32}}},
    {true, true, 6, {5, 16, 10}, 3, {8, 3, 3, 16, 64}, 8000, {3, 0, {2, 0, 32}}, {0, 0, {2, 0, 32}}},
    {true, true, 8, {6, 16, 12}, 4, {8, 4, 4, 32, 128}, 16000, {3, 0, {2, 0, 32}}, {0, 0, {2, 0, 32}}},
}};

/// Bytes of memory for a pixel: its colour, maps of this pass and the one before, and the nodes of strips.
constexpr std::uint64_t choice_bytes_per_pixel = 80;
/// And with a dither: the mask and what it is found by, a dithered start, and what was wanted.
constexpr std::uint64_t dither_bytes = gradient_bytes_per_pixel + 16;
constexpr std::uint32_t order_heat = 32;
/// Efforts with more passes than this run both searches where a part of the picture leaves it open.
constexpr std::uint32_t most_passes_of_one = 4;

std::vector<RowFilter> row_filters_of(const PaletteMap& map, RowFilter first_prices, const ChoiceInput& input) {
  return choose_row_filters(map, index_depth(map.colours.size()), first_prices, 1, [&] { input.work.progress.poll(); });
}

/// Which searches are run.
struct Searches {
  bool residuals = false;
  bool matches = true;
};

/// The filters that a search over matches begins with: none, or one for each row.
struct FilteredStart {
  CostedMap plain;  ///< without a loss
  RowFilter first_prices = RowFilter::none;
};

/// A part of the picture in the colours of `map`.
PaletteMap sample_of(const PaletteMap& map, const RowSample& rows) {
  return {map.width_px, rows.height_px(), rows.of(std::span<const std::uint8_t>(map.indices)), map.colours, map.kept};
}

/// A part of the picture, on which both searches are tried from `start`.
CostedMap search_sample(const CostedMap& start, RowFilter first_prices, const ChoiceInput& input) {
  constexpr std::size_t sample_pixels = std::size_t{1} << 16;
  const PaletteMap& map = start.map;
  const RowSample rows(map.width_px, map.height_px, std::max(sample_pixels, map.indices.size() / 16));
  const std::vector<PremultipliedColour> pixels = rows.of(std::span<const PremultipliedColour>(input.pixels));
  const std::vector<std::uint8_t> mask = input.mask.empty() ? std::vector<std::uint8_t>{} : rows.of(input.mask);
  ChoiceEffort effort = input.effort;
  effort.residual_passes = 2;  // the first cannot look ahead
  effort.match_passes = 1;
  const ChoiceInput part{pixels,     input.lambda_64, input.lambda,   effort,
                         input.work, input.diffuses,  input.strength, mask};
  PaletteMap sample = sample_of(map, rows);
  if (start.filter == RowFilter::paeth) return search_residuals(std::move(sample), part);
  std::vector<RowFilter> filters;
  if (!start.row_filters.empty()) filters = row_filters_of(sample, first_prices, input);
  return search_matches(std::move(sample), part, filters);
}

/// What saves without a loss mostly saves with one; where both are near each other a part of the picture tells.
Searches choose_searches(const FilteredStart& matches, const CostedMap& plain_residuals, const ChoiceInput& input) {
  const CostedMap& plain_matches = matches.plain;
  constexpr std::size_t few_pixels = std::size_t{1} << 16;
  const std::uint64_t margin_64 = input.effort.tries_both ? 80 : 64;
  Searches searches;
  searches.matches = plain_matches.bits * 64 < plain_residuals.bits * margin_64;
  searches.residuals = !searches.matches || plain_residuals.bits * 64 < plain_matches.bits * margin_64;
  if (!searches.matches || !searches.residuals || input.pixels.size() <= few_pixels) return searches;
  std::array<CostedMap, 2> found;
  input.work.pool.for_each(2, [&](std::size_t i) {
    found[i] = i == 0 ? search_sample(plain_residuals, RowFilter::paeth, input)
                      : search_sample(plain_matches, matches.first_prices, input);
  });
  const double near = input.effort.residual_passes > most_passes_of_one ? 0.97 : 1;  // within it both are run
  searches.matches = found[1].cost * near < found[0].cost;
  searches.residuals = !searches.matches || found[0].cost * near < found[1].cost;
  return searches;
}

PaletteMap in_neighbour_order(const PaletteMap& map, const ChoiceInput& input) {
  PaletteMap ordered = map;
  const AnnealEffort annealing{input.effort.order_tries, order_heat};
  reorder(ordered, neighbour_order(ordered, annealing, [&] { input.work.progress.poll(); }));
  return ordered;
}

/// Rows without a filter, or where this takes fewer bits on a part of them each with its own.
FilteredStart filtered_start(const CostedMap& unfiltered, const PaletteMap& ordered, const ChoiceInput& input) {
  constexpr std::size_t part = 4;
  constexpr std::size_t least_pixels = std::size_t{1} << 17;
  constexpr std::size_t gain = 200;  // of bytes, at least a part of this
  FilteredStart best{unfiltered, RowFilter::none};
  if (!input.effort.filters_rows || input.diffuses) return best;
  const std::array<std::pair<const PaletteMap*, RowFilter>, 3> starts{
      {{&unfiltered.map, RowFilter::none}, {&ordered, RowFilter::none}, {&ordered, RowFilter::up}}};
  const RowSample rows(ordered.width_px, ordered.height_px, std::max(least_pixels, ordered.indices.size() / part));
  const std::uint32_t depth = index_depth(ordered.colours.size());
  std::array<std::size_t, starts.size() + 1> bytes{};
  input.work.pool.for_each(bytes.size(), [&](std::size_t i) {
    const auto poll = [&] { input.work.progress.poll(); };
    const PaletteMap sample = sample_of(i == 0 ? unfiltered.map : *starts[i - 1].first, rows);
    const std::vector<RowFilter> filters = i == 0 ? std::vector<RowFilter>(sample.height_px, RowFilter::none)
                                                  : row_filters_of(sample, starts[i - 1].second, input);
    bytes[i] = deflate(png_rows(sample, depth, filters), input.effort.measure_matches, poll).size();
  });
  const auto least = static_cast<std::size_t>(std::min_element(bytes.begin(), bytes.end()) - bytes.begin());
  if (least == 0 || bytes[least] + bytes[0] / gain > bytes[0]) return best;
  const auto& [map, first_prices] = starts[least - 1];
  CostedMap found = measure(*map, input, RowFilter::none, row_filters_of(*map, first_prices, input));
  if (found.bits < unfiltered.bits) best = {std::move(found), first_prices};
  return best;
}

/// The cheapest map among what the searches find and, unless `leaves_start`, the start.
CostedMap cheapest_map(const PaletteMap& map, bool leaves_start, const ChoiceInput& input) {
  CostedMap best = measure(map, input, RowFilter::none);
  if (input.lambda <= 0) return best;
  const auto keep_cheaper = [&](CostedMap found) {
    if (found.cost < best.cost) best = std::move(found);
  };
  const PaletteMap ordered = in_neighbour_order(map, input);
  const FilteredStart start = filtered_start(best, ordered, input);
  keep_cheaper(start.plain);
  Searches searches;
  std::optional<CostedMap> plain;
  if (index_depth(map.colours.size()) == 8) {
    plain = measure(ordered, input, RowFilter::paeth);
    searches = choose_searches(start, *plain, input);
  }
  if (leaves_start) best.cost = std::numeric_limits<double>::infinity();
  if (searches.residuals) keep_cheaper(search_residuals(plain->map, input));
  if (plain && !leaves_start) keep_cheaper(std::move(*plain));
  input.work.progress.report(0.5);
  if (searches.matches) keep_cheaper(search_matches(start.plain.map, input, start.plain.row_filters));
  return best;
}

/// What one more pass of the search that found `map` makes of it.
CostedMap continued(PaletteMap map, const PngChoiceOptions& options, const ChoiceInput& input) {
  const bool is_by_residuals = options.continues == RowFilter::paeth && index_depth(map.colours.size()) == 8;
  return is_by_residuals ? search_residuals(std::move(map), input)
                         : search_matches(std::move(map), input, options.row_filters);
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
  if (options.dither == Dither::none) return;
  if (options.dither != Dither::diffusion && options.dither != Dither::automatic)
    throw Error(ErrorCode::invalid_option, "indices are chosen with errors diffused or not, not by thresholds");
  if (!(options.dither_strength >= 0 && options.dither_strength <= 1))
    throw Error(ErrorCode::invalid_option,
                "dither strength is " + std::to_string(options.dither_strength) + "; it must be 0 to 1");
  if (start.codebook.channels() != original.channels && !(options.continues && start.codebook.channels() == 4))
    throw Error(ErrorCode::invalid_image, "the codewords have other channels than the image that is dithered");
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

DitherPalette dither_palette(const IndexedImage& start, std::uint32_t channels) {
  const std::uint32_t given = start.codebook.channels();
  SampleArray codewords(start.codebook.width_px(), channels, 8);
  const std::byte* from = start.codebook.row(0);
  std::byte* to = codewords.bytes().data();
  const std::uint32_t colours = channels < 3 ? 1 : 3;
  for (std::uint32_t k = 0; k < start.codebook.width_px(); ++k, from += given) {
    to = std::copy_n(from, given == channels ? channels : colours, to);
    if (given != channels && channels != colours) *to++ = from[3];  // of RGBA, as a search leaves it
  }
  return {codewords, channels};
}

/// Dithers `indices` as `encode` does it, unless they are what a search found. Returns the pixels that take part if not
/// all do.
LargeVector<std::uint8_t> dither_start(const ImageView& original, IndexedImage& start, const PngChoiceOptions& options,
                                       std::int32_t strength, const Work& work) {
  const DitherPalette palette = dither_palette(start, original.channels);
  LargeVector<std::uint8_t> mask;
  if (options.dither == Dither::automatic) mask = find_gradients(original, palette, start.indices, work);
  if (!options.continues) diffuse_errors(original, palette, strength, mask, start.indices, work);
  return mask;
}

}  // namespace

PngChoice choose_png_indices(const ImageView& original, const IndexedImage& start, const PngChoiceOptions& options,
                             const RunOptions& run) {
  validate_choice(original, start, options);
  const std::uint64_t bytes = std::uint64_t{start.width_px} * start.height_px *
                              (choice_bytes_per_pixel + (options.dither != Dither::none ? dither_bytes : 0));
  if (bytes > run.max_memory_bytes)
    throw Error(Limit::memory, "choosing indices takes " + std::to_string(bytes) + " bytes of memory, the limit is " +
                                   std::to_string(run.max_memory_bytes));
  PaletteMap map = make_palette_map(start, options.fixed_colours);
  const CallWork work(run);
  const std::vector<PremultipliedColour> pixels = premultiplied_pixels(original);
  ChoiceEffort effort = efforts[options.effort - 1];
  if (options.order_effort > 0) effort.order_tries = efforts[options.order_effort - 1].order_tries;
  if (options.continues) effort.residual_passes = effort.match_passes = 1;
  ChoiceInput input{pixels, static_cast<std::uint32_t>(std::llround(options.lambda * cost_unit)), options.lambda,
                    effort, work};
  input.continues = options.continues.has_value();
  work.progress.begin(Stage::assign);
  LargeVector<std::uint8_t> mask;
  if (options.dither != Dither::none) {
    input.diffuses = true;
    input.strength = static_cast<std::int32_t>(std::lround(options.dither_strength * full_strength));
    IndexedImage dithered = start;
    mask = dither_start(original, dithered, options, input.strength, work);
    map = make_palette_map(dithered, options.fixed_colours);
    input.mask = mask;
  }
  CostedMap best =
      options.continues ? continued(std::move(map), options, input) : cheapest_map(map, options.leaves_start, input);
  return {indexed_of(best.map, start.metadata),
          best.filter,
          std::move(best.row_filters),
          best.squared_error,
          best.bits,
          best.cost};
}

}  // namespace vqi::detail
