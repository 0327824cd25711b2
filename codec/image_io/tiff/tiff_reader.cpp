// From a file to an image: its page, its layout, the limits, its pixels, its metadata.
#include "tiff_reader.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "byte_window.hpp"
#include "damage_report.hpp"
#include "image_errors.hpp"
#include "read_limits.hpp"
#include "tiff_colour.hpp"
#include "tiff_directory.hpp"
#include "tiff_handle.hpp"
#include "tiff_layout.hpp"
#include "tiff_metadata.hpp"
#include "tiff_pixels.hpp"
#include "upright.hpp"

namespace vqi::detail {
namespace {

constexpr std::string_view format_name = "TIFF";

void patch_value(const TiffDirectory& directory, const TiffField& field, std::uint64_t index, std::uint64_t value,
                 std::vector<TiffPatch>& patches) {
  const std::uint64_t offset = field.offset + index * field.value_bytes;
  for (std::uint32_t i = 0; i < field.value_bytes; ++i) {
    const std::uint32_t place = directory.is_big_endian() ? field.value_bytes - 1 - i : i;
    patches.push_back({offset + place, static_cast<std::byte>((value >> (8 * i)) & 0xFF)});
  }
}

/// libtiff adds to RowsPerStrip, which may be any number up to 2^32-1, and finds no strips where that overflows.
void patch_rows_per_strip(const TiffDirectory& directory, std::vector<TiffPatch>& patches) {
  const std::uint64_t height_px = directory.number(TiffTag::image_length, 0);
  const auto rows = directory.find(TiffTag::rows_per_strip);
  if (!rows || height_px == 0 || directory.value(*rows, 0) <= height_px || rows->value_bytes < 4) return;
  patch_value(directory, *rows, 0, height_px, patches);
}

/// libtiff does not begin with a strip or tile that ends behind the end of the file: these end with the file. True if
/// there are any.
bool patch_cut_segments(const TiffDirectory& directory, std::uint64_t file_bytes, std::vector<TiffPatch>& patches) {
  const bool is_tiled = directory.find(TiffTag::tile_offsets).has_value();
  const auto offsets = directory.find(is_tiled ? TiffTag::tile_offsets : TiffTag::strip_offsets);
  const auto sizes = directory.find(is_tiled ? TiffTag::tile_byte_counts : TiffTag::strip_byte_counts);
  if (!offsets || !sizes) return false;
  bool is_any_cut = false;
  for (std::uint64_t i = 0; i < std::min(offsets->count, sizes->count); ++i) {
    const std::uint64_t offset = directory.value(*offsets, i);
    const std::uint64_t there = file_bytes - std::min(offset, file_bytes);
    if (directory.value(*sizes, i) <= there) continue;
    patch_value(directory, *sizes, i, there, patches);
    is_any_cut = true;
  }
  return is_any_cut;
}

/// What libtiff is to see of a directory.
struct PatchedDirectory {
  std::vector<TiffPatch> patches;  ///< sorted
  bool has_cut_segments = false;
};

PatchedDirectory patched(const TiffDirectory& directory, std::uint64_t file_bytes) {
  PatchedDirectory result;
  patch_rows_per_strip(directory, result.patches);
  result.has_cut_segments = patch_cut_segments(directory, file_bytes, result.patches);
  std::sort(result.patches.begin(), result.patches.end(),
            [](const TiffPatch& left, const TiffPatch& right) { return left.offset < right.offset; });
  return result;
}

/// Makes `handle` read the page's directory.
void select_page(TiffHandle& handle, const TiffPage& page) {
  handle.messages().clear();
  if (handle.run([&](TIFF* tiff) { return TIFFSetSubDirectory(tiff, page.offset); }) != 0) return;
  handle.messages().throw_if_over_limit();
  const std::string reason = handle.messages().reason("its directory cannot be read");
  if (reason.find("Cannot handle different") != std::string::npos)
    throw_unsupported(format_name, "samples of different depths or kinds in one pixel");
  throw_damaged(format_name, reason, page.offset);
}

/// Tells of pages that are not read, unless they are smaller copies or masks of the one that is; and of a page that is
/// one itself, as the first of a camera's raw file is, the others of which lie off the chain of pages.
void warn_of_pages(const TiffPages& pages, const TiffPage& page, const ReadOptions& options, ReadImage& result) {
  if (pages.is_chain_damaged)
    note_harmless_damage(
        {"its list of pages is damaged after page " + std::to_string(pages.pages.size()), pages.pages.back().offset},
        options.damage, result);
  const bool is_any_lost = std::any_of(pages.pages.begin(), pages.pages.end(),
                                       [&](const TiffPage& other) { return &other != &page && !other.is_secondary; });
  if (!is_any_lost && page.is_secondary)
    result.warnings.emplace_back("the TIFF's page is a reduced copy or a mask of a picture that is not read");
  if (!is_any_lost) return;
  result.warnings.push_back("the TIFF has several pages; of " + std::to_string(pages.pages.size()) + " only page " +
                            std::to_string(options.page) + " is read" +
                            (page.is_secondary ? ", a reduced copy or a mask of another" : ""));
}

/// SGI's tag for volumes, of which libtiff gives the first slice.
void warn_of_slices(const TiffDirectory& directory, ReadImage& result) {
  const std::uint64_t slices = directory.number(TiffTag::image_depth, 1);
  if (slices > 1)
    result.warnings.push_back("the TIFF is a volume of " + std::to_string(slices) + " slices; only the first is read");
}

void check_memory(const TiffLayout& layout, const RunOptions& run) {
  const std::uint64_t pixel_bytes = layout.channels() * (layout.bit_depth() / 8);
  const std::uint64_t images = layout.orientation == 1 ? 1 : 2;  // turning it needs another
  check_image_memory(layout.width_px, layout.height_px, images * pixel_bytes, run, tiff_scratch_bytes(layout));
}

}  // namespace

bool is_tiff(std::span<const std::byte> bytes) noexcept {
  const ByteWindow window(bytes, format_name);
  return window.has(0, {"II\x2A\0", 4}) || window.has(0, {"MM\0\x2A", 4}) || window.has(0, {"II\x2B\0", 4}) ||
         window.has(0, {"MM\0\x2B", 4});
}

ImageFileInfo inspect_tiff(std::span<const std::byte> bytes) {
  constexpr std::uint64_t max_block_bytes = std::uint64_t{64} << 20;
  const ByteWindow window(bytes, format_name);
  const TiffPage page{TiffDirectory::first_offset(window), false};
  const TiffDirectory directory(window, page.offset);
  TiffHandle handle(bytes, patched(directory, bytes.size()).patches, max_block_bytes);
  select_page(handle, page);
  std::vector<std::string> warnings;
  const TiffLayout layout = read_tiff_layout(handle, directory, warnings);
  return {std::string(format_name), layout.width_px, layout.height_px, layout.channels(), layout.bit_depth()};
}

ReadImage read_tiff(std::span<const std::byte> bytes, const ReadOptions& options, const RunOptions& run) {
  const TiffPages pages = find_tiff_pages(bytes);
  check_page(options.page, static_cast<std::uint32_t>(pages.pages.size()), format_name);
  const TiffPage& page = pages.pages[options.page - 1];
  const TiffDirectory directory(ByteWindow(bytes, format_name), page.offset);
  PatchedDirectory to_see = patched(directory, bytes.size());
  TiffHandle handle(bytes, std::move(to_see.patches), run.max_memory_bytes);
  select_page(handle, page);

  ReadImage result;
  result.format = format_name;
  const TiffLayout layout = read_tiff_layout(handle, directory, result.warnings);
  check_size_limits(layout.width_px, layout.height_px, options.limits);
  check_memory(layout, run);
  warn_of_pages(pages, page, options, result);
  warn_of_slices(directory, result);
  if (to_see.has_cut_segments)
    note_harmless_damage({"it ends before its last strip or tile does", bytes.size()}, options.damage, result);
  result.dropped = dropped_tiff_metadata(directory);
  result.sample_bits = layout.bits;
  result.is_palette = layout.colours == TiffColours::palette;

  const TiffColourTables tables = read_tiff_colour_tables(handle, layout);
  result.image = Image(layout.width_px, layout.height_px, layout.channels(), layout.bit_depth());
  const bool is_converted = layout.colours == TiffColours::cmyk || layout.colours == TiffColours::cie_lab ||
                            layout.colours == TiffColours::icc_lab;
  read_tiff_metadata(handle, !is_converted, result);
  read_tiff_pixels({handle, directory, bytes, layout, TiffColour(layout, tables)}, options.damage, run, result);
  result.image = turned_upright(std::move(result.image), layout.orientation);
  return result;
}

}  // namespace vqi::detail
