// Forms are compared at a quick level of deflate; the best ones are compressed in earnest.
#include "palette_png.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <string>

#include "deflate.hpp"
#include "palette_order.hpp"
#include "png_file.hpp"
#include "png_rows.hpp"
#include "vqi/error.hpp"

namespace vqi::detail {
namespace {

/// What an effort spends. Measured on maps of 256 colours of photographs and screens.
struct PngEffort {
  std::uint32_t tries_per_colour;  ///< of annealing
  std::size_t finalists;           ///< forms that are compressed by `last`
  bool all_filters;                ///< else none and Paeth
  DeflateEffort quick;             ///< at which forms are compared
  DeflateEffort last;
  /// Zopfli's passes over forms that live by matches, which residuals do not.
  std::uint32_t match_passes;
};

constexpr std::array<PngEffort, 9> efforts{{
    {500, 1, false, {1, 3, 0}, {2, 6, 0}, 0},
    {1000, 1, false, {1, 6, 0}, {2, 9, 0}, 0},
    {1000, 1, false, {1, 6, 0}, {3, 10, 0}, 0},
    {2000, 1, false, {2, 9, 0}, {3, 11, 0}, 0},
    {4000, 1, false, {2, 10, 0}, {3, 12, 0}, 5},
    {4000, 2, true, {2, 10, 0}, {3, 12, 0}, 5},
    {8000, 1, true, {3, 12, 0}, {3, 12, 5}, 5},
    {8000, 1, true, {3, 12, 0}, {3, 12, 15}, 15},
    {16000, 2, true, {3, 12, 0}, {3, 12, 30}, 30},
}};
/// Streams of fewer bytes are packed with more effort, which takes next to no time.
constexpr std::size_t small_stream = std::size_t{1} << 17;
constexpr std::uint32_t small_stream_effort = 8;

/// The effort for a map, from that asked for.
const PngEffort& effort_for(const PaletteMap& map, std::uint32_t asked) {
  const std::size_t bytes = packed_row_bytes(map.width_px, index_depth(map.colours.size())) * map.height_px;
  const bool is_small = asked >= usual_png_effort + 1 && bytes < small_stream;
  return efforts[(is_small ? std::max(asked, small_stream_effort) : asked) - 1];
}

/// One way to write the map.
struct PngForm {
  const PaletteMap* map = nullptr;
  std::uint32_t depth = 8;
  RowFilter filter = RowFilter::none;
};

/// The orders that are tried: as given, by neighbours, and by how often colours occur.
std::vector<PaletteMap> ordered_maps(PaletteMap map, const PngEffort& effort, const Work& work) {
  std::vector<PaletteMap> maps(1, std::move(map));
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
std::vector<PngForm> forms_of(const std::vector<PaletteMap>& maps, bool all_filters) {
  const std::uint32_t depth = index_depth(maps[0].colours.size());
  std::vector<PngForm> forms{{&maps[0], depth, RowFilter::none}};
  if (depth == 8) forms.push_back({&maps[0], 8, RowFilter::paeth});  // an order that was chosen with the indices
  if (maps.size() == 1) return forms;
  forms.push_back({&maps[2], depth, RowFilter::none});  // whose code lengths take fewer bits
  if (depth == 8) forms.push_back({&maps[1], 8, RowFilter::paeth});
  if (depth == 8 && all_filters) forms.push_back({&maps[1], 8, RowFilter::sub});
  if (all_filters) forms.push_back({&maps[1], depth, RowFilter::up});
  if (depth < 8) forms.push_back({&maps[1], depth, RowFilter::none});
  return forms;
}

DeflateEffort last_effort(const PngForm& form, const PngEffort& effort) {
  DeflateEffort last = effort.last;
  if (form.filter == RowFilter::none) last.zopfli_passes = effort.match_passes;
  return last;
}

std::vector<std::byte> deflate_form(const PngForm& form, const DeflateEffort& effort, const Work& work) {
  return deflate(png_rows(*form.map, form.depth, form.filter), effort, [&] { work.progress.poll(); });
}

}  // namespace

std::vector<std::byte> write_palette_map(PaletteMap map, std::span<const PngChunk> metadata,
                                         const PalettePngOptions& options, const Work& work) {
  const PngEffort& effort = effort_for(map, options.effort);
  work.progress.begin(Stage::write);
  const std::vector<PaletteMap> maps = ordered_maps(std::move(map), effort, work);
  const std::vector<PngForm> forms = forms_of(maps, effort.all_filters);
  std::vector<std::size_t> sizes(forms.size());
  if (forms.size() > effort.finalists)
    work.pool.for_each(forms.size(),
                       [&](std::size_t i) { sizes[i] = deflate_form(forms[i], effort.quick, work).size(); });
  work.progress.report(0.4);
  std::vector<std::size_t> ranks(forms.size());
  std::iota(ranks.begin(), ranks.end(), std::size_t{0});
  std::stable_sort(ranks.begin(), ranks.end(), [&](std::size_t a, std::size_t b) { return sizes[a] < sizes[b]; });
  ranks.resize(std::min(ranks.size(), effort.finalists));
  std::vector<std::vector<std::byte>> streams(ranks.size());
  work.pool.for_each(ranks.size(), [&](std::size_t i) {
    streams[i] = deflate_form(forms[ranks[i]], last_effort(forms[ranks[i]], effort), work);
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
