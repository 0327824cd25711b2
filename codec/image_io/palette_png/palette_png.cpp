// Forms are compared at a quick level of deflate; the best ones are compressed in earnest.
#include "palette_png.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <string>

#include "deflate.hpp"
#include "palette_order.hpp"
#include "png_file.hpp"
#include "png_rows.hpp"
#include "row_filters.hpp"
#include "row_sample.hpp"
#include "vqi/error.hpp"

namespace vqi::detail {
namespace {

/// What an effort spends. Measured on maps of 256 colours of photographs and screens.
struct PngEffort {
  std::uint32_t tries_per_colour;  ///< of annealing
  std::size_t finalists;           ///< forms that are compressed by one of the two below, at most
  std::uint32_t filter_passes;     ///< in which each row's filter is chosen; 0: all have None or Paeth
  std::size_t quick_bytes;         ///< of rows, at which forms are compared
  DeflateEffort quick;             ///< by which
  DeflateEffort residuals;         ///< of Paeth's filter, which hardly have matches
  DeflateEffort matches;           ///< of other forms
};

constexpr std::size_t few_bytes = std::size_t{1} << 19;
constexpr std::size_t many_bytes = std::size_t{1} << 21;

constexpr std::array<PngEffort, 9> efforts{{
    {500, 1, 0, few_bytes, {1, 3}, {2, 0}, {0, 6}},
    {1000, 1, 0, few_bytes, {1, 6}, {2, 0}, {0, 9}},
    {1000, 1, 1, few_bytes, {1, 6}, {3, 6}, {0, 9, {1, 0, 16}}},
    {2000, 1, 1, many_bytes, {1, 9}, {3, 9, {1, 0, 16}}, {0, 9, {1, 1, 24}}},
    {4000, 2, 1, many_bytes, {1, 9}, {3, 9, {2, 1, 32}}, {0, 9, {2, 1, 32}}},
    {4000, 3, 1, many_bytes, {2, 9}, {3, 9, {3, 1, 32}}, {0, 9, {3, 2, 32}}},
    {8000, 3, 2, many_bytes, {3, 10}, {3, 9, {6, 2, 64}}, {0, 9, {6, 2, 64}}},
    {8000, 3, 2, 4 * many_bytes, {3, 12}, {4, 12, {6, 2, 64}}, {0, 12, {8, 3, 128}}},
    {16000, 4, 3, 4 * many_bytes, {3, 12}, {4, 12, {8, 3, 128}, 15}, {0, 12, {12, 4, 256}, 15}},
}};
/// Efforts with several finalists look twice, at so many forms, and take those that are larger then by up to a part of
/// this.
constexpr std::size_t looked_at_twice = 4;
constexpr std::size_t finalist_part = 150;
/// Where all forms have more than one in so many of the bytes, which noise has, efforts with fewer finalists than so
/// many try one form with a filter for each row, if these make a sample of so many bytes smaller by a part of it: the
/// others take long, dithered photographs gain 0.1 % by such filters and those without a dither 3 to 7 %.
constexpr std::size_t noise_part = 6;
constexpr std::size_t always_varied = 3;
constexpr std::size_t noise_sample_bytes = std::size_t{1} << 16;
constexpr std::size_t noise_gain_part = 100;
constexpr DeflateEffort second_look_residuals{2, 6, {1, 0, 16}};
constexpr DeflateEffort second_look_matches{0, 0, {1, 0, 16}};
/// Streams of fewer bytes are packed with more effort, which takes next to no time.
constexpr std::size_t small_stream = std::size_t{1} << 17;
constexpr std::uint32_t small_stream_effort = 8;
constexpr std::uint32_t least_effort_for_small = 5;

std::size_t row_bytes(const PaletteMap& map) {
  return packed_row_bytes(map.width_px, index_depth(map.colours.size())) * map.height_px;
}

/// The effort for a map, from that asked for.
const PngEffort& effort_for(const PaletteMap& map, std::uint32_t asked) {
  const bool is_small = asked >= least_effort_for_small && row_bytes(map) < small_stream;
  return efforts[(is_small ? std::max(asked, small_stream_effort) : asked) - 1];
}

/// One way to write the map.
struct PngForm {
  const PaletteMap* map = nullptr;
  std::uint32_t depth = 8;
  RowFilter filter = RowFilter::none;
  bool varies = false;  ///< each row's filter is chosen, by prices that begin with those of `filter`
};

/// The rows of `map` in a form; none if it is the same as with one filter.
std::vector<std::uint8_t> rows_of(const PaletteMap& map, const PngForm& form, const PngEffort& effort,
                                  const std::function<void()>& poll) {
  if (!form.varies) return png_rows(map, form.depth, form.filter);
  const std::vector<RowFilter> filters = choose_row_filters(map, form.depth, form.filter, effort.filter_passes, poll);
  const bool is_one = std::all_of(filters.begin(), filters.end(), [&](RowFilter f) { return f == form.filter; });
  return is_one ? std::vector<std::uint8_t>{} : png_rows(map, form.depth, filters);
}

/// The orders that are tried: as given, by neighbours, and by how often colours occur.
std::vector<PaletteMap> ordered_maps(PaletteMap map, const PngEffort& effort, const Work& work) {
  std::vector<PaletteMap> maps;
  maps.push_back(std::move(map));
  if (maps[0].colours.size() <= 2 || maps[0].kept == maps[0].colours.size()) return maps;
  constexpr std::uint32_t heat = 32;  // measured: 8 leaves Paeth's residuals 1 to 3 % larger
  maps.push_back(maps[0]);
  const AnnealEffort annealing{effort.tries_per_colour, heat};
  reorder(maps[1], neighbour_order(maps[0], annealing, [&] { work.progress.poll(); }));
  maps.push_back(maps[0]);
  reorder(maps[2], frequency_order(maps[0]));
  return maps;
}

/// The depth is the least that holds the colours. Paeth's filter and Sub predict pixels only where a byte is one.
std::vector<PngForm> forms_of(const std::vector<PaletteMap>& maps, bool chooses_filters) {
  const std::uint32_t depth = index_depth(maps[0].colours.size());
  std::vector<PngForm> forms{{&maps[0], depth, RowFilter::none}};
  if (depth == 8) forms.push_back({&maps[0], 8, RowFilter::paeth});  // an order that was chosen with the indices
  if (maps.size() == 1) {
    if (chooses_filters) forms.push_back({&maps[0], depth, RowFilter::none, true});
    return forms;
  }
  const PaletteMap* const by_neighbours = &maps[1];
  const PaletteMap* const by_frequency = &maps[2];  // whose code lengths take fewer bits
  forms.push_back({by_frequency, depth, RowFilter::none});
  if (depth == 8) forms.push_back({by_neighbours, 8, RowFilter::paeth});
  if (depth < 8) forms.push_back({by_neighbours, depth, RowFilter::none});
  if (!chooses_filters) return forms;
  forms.push_back({by_neighbours, depth, RowFilter::up});
  forms.push_back({by_frequency, depth, RowFilter::none, true});
  forms.push_back({by_neighbours, depth, RowFilter::none, true});
  forms.push_back({by_neighbours, depth, RowFilter::up, true});
  return forms;
}

/// Some of the rows, whose packed bytes are about `bytes`; all if these are few.
PaletteMap sample_of(const PaletteMap& map, std::size_t bytes) {
  const RowSample rows(map.width_px, map.height_px, bytes * 8 / index_depth(map.colours.size()));
  return {map.width_px, rows.height_px(), rows.of(std::span<const std::uint8_t>(map.indices)), map.colours, map.kept};
}

/// Of the sample at which forms are compared.
std::size_t sampled_bytes(const PngForm& form, const PngEffort& effort) {
  const PaletteMap sample = sample_of(*form.map, effort.quick_bytes);
  return packed_row_bytes(sample.width_px, form.depth) * sample.height_px;
}

/// Sorts `ranks` by their sizes, and keeps of those that are larger than the first by less than a `part`-th at most so
/// many.
void keep_smallest(std::vector<std::size_t>& ranks, std::span<const std::size_t> sizes, std::size_t most,
                   std::size_t part) {
  std::stable_sort(ranks.begin(), ranks.end(), [&](std::size_t a, std::size_t b) { return sizes[a] < sizes[b]; });
  const std::size_t bound = sizes[ranks[0]] + sizes[ranks[0]] / part;
  std::size_t kept = 1;
  while (kept < std::min(most, ranks.size()) && sizes[ranks[kept]] <= bound) ++kept;
  ranks.resize(kept);
}

std::size_t second_look(const PaletteMap& sample, const PngForm& form, const PngEffort& effort,
                        const std::function<void()>& poll) {
  std::vector<std::uint8_t> rows = rows_of(sample, form, effort, poll);
  if (rows.empty()) rows = png_rows(sample, form.depth, form.filter);
  return deflate(rows, form.filter == RowFilter::paeth ? second_look_residuals : second_look_matches, poll).size();
}

/// Whether a filter for each row as in `varied` makes noise smaller than `plain` does.
bool filters_spare_noise(const PngForm& plain, const PngForm& varied, const PngEffort& effort, const Work& work) {
  const auto poll = [&] { work.progress.poll(); };
  const std::size_t before = second_look(sample_of(*plain.map, noise_sample_bytes), plain, effort, poll);
  const std::size_t after = second_look(sample_of(*varied.map, noise_sample_bytes), varied, effort, poll);
  return after < before - before / noise_gain_part;
}

/// The numbers of the forms that are the smallest by a quick look at a part of their rows, the smallest first.
std::vector<std::size_t> best_forms(const std::vector<PngForm>& forms, const PngEffort& effort, const Work& work) {
  std::vector<std::size_t> ranks(forms.size());
  std::iota(ranks.begin(), ranks.end(), std::size_t{0});
  if (forms.size() == 1) return ranks;
  constexpr std::size_t unknown = std::numeric_limits<std::size_t>::max();
  std::vector<std::size_t> sizes(forms.size(), unknown);
  const auto is_late = [&](const PngForm& form) {  // looked at only where filters of rows may pay
    return form.varies || (form.filter == RowFilter::up && effort.finalists < always_varied);
  };
  const auto look_at = [&](bool late) {
    work.pool.for_each(forms.size(), [&](std::size_t i) {
      if (is_late(forms[i]) != late) return;
      const auto poll = [&] { work.progress.poll(); };
      const std::vector<std::uint8_t> rows =
          rows_of(sample_of(*forms[i].map, effort.quick_bytes), forms[i], effort, poll);
      if (!rows.empty()) sizes[i] = deflate(rows, effort.quick, poll).size();
    });
  };
  look_at(false);
  const auto plain = static_cast<std::size_t>(std::min_element(sizes.begin(), sizes.end()) - sizes.begin());
  const bool has_orders = forms.front().map != forms.back().map;
  const bool is_noise = sizes[plain] > sampled_bytes(forms.front(), effort) / noise_part;
  if (has_orders && is_noise && effort.finalists < always_varied) {
    ranks = {plain};
    if (forms.back().varies && filters_spare_noise(forms[plain], forms.back(), effort, work))
      ranks.push_back(forms.size() - 1);
    return ranks;
  }
  if (effort.filter_passes > 0) look_at(true);
  keep_smallest(ranks, sizes, effort.finalists > 1 ? looked_at_twice : 1, 8);
  if (ranks.size() == 1) return ranks;
  // Level 9 finds matches of other rows better than some: it is off by up to 4 % between forms.
  work.pool.for_each(ranks.size(), [&](std::size_t i) {
    const PngForm& form = forms[ranks[i]];
    sizes[ranks[i]] =
        second_look(sample_of(*form.map, effort.quick_bytes / 4), form, effort, [&] { work.progress.poll(); });
  });
  keep_smallest(ranks, sizes, effort.finalists, finalist_part);
  return ranks;
}

}  // namespace

std::vector<std::byte> write_palette_map(PaletteMap map, std::span<const PngChunk> metadata,
                                         const PalettePngOptions& options, const Work& work) {
  const PngEffort& effort = effort_for(map, options.effort);
  work.progress.begin(Stage::write);
  const std::vector<PaletteMap> maps = ordered_maps(std::move(map), effort, work);
  const std::vector<PngForm> forms = forms_of(maps, effort.filter_passes > 0);
  const std::vector<std::size_t> ranks = best_forms(forms, effort, work);
  work.progress.report(0.4);
  std::vector<std::vector<std::byte>> streams(ranks.size());
  work.pool.for_each(ranks.size(), [&](std::size_t i) {
    const PngForm& form = forms[ranks[i]];
    const auto poll = [&] { work.progress.poll(); };
    std::vector<std::uint8_t> rows = rows_of(*form.map, form, effort, poll);
    if (rows.empty()) rows = png_rows(*form.map, form.depth, form.filter);  // only the sample's filters vary
    streams[i] = deflate(rows, form.filter == RowFilter::paeth ? effort.residuals : effort.matches, poll, &work.pool);
  });
  const auto smallest = std::min_element(streams.begin(), streams.end(),
                                         [](const auto& a, const auto& b) { return a.size() < b.size(); });
  const PngForm& form = forms[ranks[static_cast<std::size_t>(smallest - streams.begin())]];
  return assemble_png(
      {form.map->width_px, form.map->height_px, form.depth, form.map->colours, options.keeps_alpha, metadata},
      *smallest);
}

std::vector<std::byte> write_palette_png(const IndexedImage& indexed, std::uint32_t effort, const RunOptions& run,
                                         std::size_t kept) {
  PaletteMap map = make_palette_map(indexed, kept);
  const std::vector<PngChunk> metadata = png_metadata_chunks(indexed.metadata, true);
  const auto check_memory = [&](std::uint64_t bytes) {
    if (bytes > run.max_memory_bytes)
      throw Error(Limit::memory, "the palette PNG takes " + std::to_string(bytes) + " bytes of memory, the limit is " +
                                     std::to_string(run.max_memory_bytes));
  };
  check_memory(map.indices.size() * png_bytes_per_pixel);
  const CallWork work(run);
  std::vector<std::byte> file = write_palette_map(std::move(map), metadata, {effort, false}, work);
  check_memory(file.size());
  return file;
}

}  // namespace vqi::detail
