// Costs and means, of pixels as they are or as errors leave them.
#include "choice_input.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "diffused_targets.hpp"

namespace vqi::detail {
namespace {

constexpr std::uint32_t strip_rows = 96;

/// The sum of distances from what was wanted, and, if `wanted` is given, that.
std::uint64_t diffused_error(const PaletteMap& map, const ChoiceInput& input,
                             std::vector<PremultipliedColour>* wanted = nullptr) {
  const IndexColours colours(map.colours);
  const Diffusion diffusion(map.colours, input.strength, input.mask);
  const std::vector<std::uint8_t> nearest = nearest_indices(colours, map, input);
  if (wanted != nullptr) wanted->resize(map.indices.size());
  DiffusedTargets targets(diffusion, colours, map.width_px);
  std::int64_t sum = 0;
  for (std::size_t at = 0; at < map.indices.size(); at += map.width_px) {
    targets.begin_row(at, input.pixels.data() + at, nearest.data() + at);
    sum += targets.end_row(map.indices.data() + at, wanted != nullptr ? wanted->data() + at : nullptr);
  }
  return static_cast<std::uint64_t>(sum / cost_unit);
}

}  // namespace

std::uint32_t strip_count(std::uint32_t height) noexcept {
  return std::max(1U, (height + strip_rows / 2) / strip_rows);
}

std::uint32_t strip_begin(std::uint32_t height, std::uint32_t i) noexcept {
  return static_cast<std::uint32_t>(std::uint64_t{height} * i / strip_count(height));
}

std::vector<std::uint8_t> nearest_indices(const IndexColours& colours, const PaletteMap& map,
                                          const ChoiceInput& input) {
  std::vector<std::uint8_t> nearest(map.indices.size());
  const std::uint32_t strips = strip_count(map.height_px);
  input.work.pool.for_each(strips, [&](std::size_t strip) {
    const std::size_t begin = std::size_t{strip_begin(map.height_px, static_cast<std::uint32_t>(strip))} * map.width_px;
    const std::size_t end =
        std::size_t{strip_begin(map.height_px, static_cast<std::uint32_t>(strip) + 1)} * map.width_px;
    for (std::size_t i = begin; i < end; ++i) {
      const bool is_repeated =
          i > begin && map.indices[i] == map.indices[i - 1] && input.pixels[i] == input.pixels[i - 1];
      nearest[i] = is_repeated ? nearest[i - 1] : colours.nearest_from(input.pixels[i], map.indices[i]);
    }
  });
  return nearest;
}

CostedMap measure(PaletteMap map, const ChoiceInput& input, RowFilter filter, std::span<const RowFilter> filters) {
  CostedMap result{std::move(map), filter, {filters.begin(), filters.end()}, 0, 0, 0};
  const std::uint32_t depth = index_depth(result.map.colours.size());
  const std::vector<std::uint8_t> rows =
      filters.empty() ? png_rows(result.map, depth, filter) : png_rows(result.map, depth, filters);
  const DeflateEffort& effort =
      filter == RowFilter::paeth ? input.effort.measure_residuals : input.effort.measure_matches;
  result.bits = 8 * std::uint64_t{deflate(rows, effort, [&] { input.work.progress.poll(); }).size()};
  result.squared_error = input.diffuses
                             ? diffused_error(result.map, input)
                             : IndexColours(result.map.colours).squared_error(input.pixels, result.map.indices);
  result.cost = static_cast<double>(result.squared_error) + input.lambda * static_cast<double>(result.bits);
  return result;
}

void move_colours(PaletteMap& map, const ChoiceInput& input) {
  std::vector<PremultipliedColour> wanted;
  if (input.diffuses) static_cast<void>(diffused_error(map, input, &wanted));
  move_to_means(map.colours, std::span(map.colours).first(map.kept), input.diffuses ? wanted : input.pixels,
                map.indices);
}

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

}  // namespace vqi::detail
