// From a file to an image: its page, its layout, the limits, its pixels, its metadata.
#include "tiff_reader.hpp"

#include <algorithm>
#include <memory>
#include <optional>
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
void warn_of_pages(const TiffPages& pages, const ReadOptions& options, ReadImage& result) {
  const TiffPage& page = pages.pages[options.page - 1];
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
  const std::uint64_t pixel_bytes = std::uint64_t{layout.channels()} * (layout.bit_depth() / 8);
  const std::uint64_t images = layout.orientation == 1 ? 1 : 2;  // turning it needs another
  check_image_memory(layout.width_px, layout.height_px, images * pixel_bytes, run, tiff_scratch_bytes(layout));
}

/// A page of which all is known but the pixels.
struct OpenTiff {
  /// Borrows the file.
  OpenTiff(const FileBytes& of, const ReadOptions& options, const RunOptions& run)
      : OpenTiff(of, find_tiff_pages(of), options, run) {}

  /// Puts what belongs to the image, whose kind is known, into its metadata.
  void read_metadata(ReadImage& read) {
    const bool is_converted = layout.colours == TiffColours::cmyk || layout.colours == TiffColours::cie_lab ||
                              layout.colours == TiffColours::icc_lab;
    read_tiff_metadata(handle, !is_converted, read);
  }
  [[nodiscard]] TiffPixelSource pixels() { return {handle, directory, file, layout, TiffColour(layout, tables)}; }

  const FileBytes& file;
  TiffPage page;
  TiffDirectory directory;
  PatchedDirectory to_see;
  TiffHandle handle;
  ReadImage result;  ///< without image
  TiffLayout layout;
  TiffColourTables tables;

 private:
  OpenTiff(const FileBytes& of, const TiffPages& pages, const ReadOptions& options, const RunOptions& run);
};

const TiffPage& page_of(const TiffPages& pages, std::uint32_t number) {
  check_page(number, static_cast<std::uint32_t>(pages.pages.size()), format_name);
  return pages.pages[number - 1];
}

OpenTiff::OpenTiff(const FileBytes& of, const TiffPages& pages, const ReadOptions& options, const RunOptions& run)
    : file(of),
      page(page_of(pages, options.page)),
      directory(file, page.offset),
      to_see(patched(directory, file.size())),
      handle(file, to_see.patches, run.max_memory_bytes) {
  select_page(handle, page);
  result.format = format_name;
  layout = read_tiff_layout(handle, directory, result.warnings);
  check_size_limits(layout.width_px, layout.height_px, options.limits);
  warn_of_pages(pages, options, result);
  warn_of_slices(directory, result);
  if (to_see.has_cut_segments)
    note_harmless_damage({"it ends before its last strip or tile does", file.size()}, options.damage, result);
  result.dropped = dropped_tiff_metadata(directory);
  result.sample_bits = layout.bits;
  result.is_palette = layout.colours == TiffColours::palette;
  tables = read_tiff_colour_tables(handle, layout);
}

/// Rows that are decoded a band at a time, when they are asked for.
class TiffRows {
 public:
  TiffRows(const ByteSource& source, const ReadOptions& options, const RunOptions& run)
      : file_(source, format_name), open_(file_, options, run), about_(open_.result), damage_(options.damage) {
    about_.image = Image(1, 1, open_.layout.channels(), open_.layout.bit_depth());  // a profile has to fit its kind
    row_bytes_ = std::uint64_t{open_.layout.width_px} * about_.image.view().pixel_bytes();
    open_.read_metadata(about_);
    ColourMetadata metadata = std::move(about_.image.metadata());
    about_.image = Image();
    about_.image.metadata() = std::move(metadata);
    warnings_ = about_.warnings;
  }
  TiffRows(const TiffRows&) = delete;
  TiffRows& operator=(const TiffRows&) = delete;
  ~TiffRows() = default;

  [[nodiscard]] const ReadImage& about() const noexcept { return about_; }
  [[nodiscard]] ImageView type() const noexcept {
    const TiffLayout& layout = open_.layout;
    return {nullptr,    layout.width_px,         layout.height_px, layout.channels(), layout.bit_depth(),
            row_bytes_, &about_.image.metadata()};
  }
  /// A band, its strips or tiles, and of a compressed one what lies in the file.
  [[nodiscard]] std::uint64_t memory_bytes() const noexcept {
    const TiffLayout& layout = open_.layout;
    const std::uint64_t scratch_bytes = product_or_most(tiff_scratch_bytes(layout), layout.is_compressed ? 2 : 1);
    return sum_or_most(product_or_most(row_bytes_, band_rows_max(layout)), scratch_bytes);
  }
  [[nodiscard]] std::string obstacle(const RunOptions& run) const {
    const TiffLayout& layout = open_.layout;
    if (layout.orientation != 1) return "the TIFF's orientation turns it";
    if (memory_bytes() <= run.max_memory_bytes) return "";
    return "the TIFF's " + std::string(layout.is_tiled ? "tiles" : "strips") + " of " +
           std::to_string(layout.segment_height_px) + " rows take more memory than there is";
  }

  std::uint32_t read(std::uint32_t first_row, std::uint32_t rows_max, std::span<std::byte> samples) {
    if (first_row == 0) begin_pass();
    if (first_row == band_end_) read_band(first_row);
    const std::uint32_t count = std::min(rows_max, band_end_ - first_row);
    const std::byte* rows = band_.data() + (first_row - band_begin_) * row_bytes_;
    std::copy(rows, rows + count * row_bytes_, samples.begin());
    return count;
  }

 private:
  void begin_pass() {
    file_.forget();
    about_.warnings = warnings_;
    band_end_ = 0;
    pixels_.emplace(open_.pixels(), damage_, about_);
  }
  void read_band(std::uint32_t first_row) {
    band_begin_ = first_row;
    band_end_ = first_row + pixels_->band_rows(first_row);
    band_.resize(static_cast<std::size_t>((band_end_ - band_begin_) * row_bytes_));
    pixels_->read_band(first_row, band_.data(), {});
  }

  FileBytes file_;
  OpenTiff open_;
  ReadImage about_;
  Damage damage_;
  std::vector<std::string> warnings_;  // of what is not pixels
  std::uint64_t row_bytes_ = 0;
  std::optional<TiffPixels> pixels_;
  std::vector<std::byte> band_;
  std::uint32_t band_begin_ = 0;
  std::uint32_t band_end_ = 0;
};

}  // namespace

bool is_tiff(std::span<const std::byte> bytes) noexcept {
  const ByteWindow window(bytes, format_name);
  return window.has(0, {"II\x2A\0", 4}) || window.has(0, {"MM\0\x2A", 4}) || window.has(0, {"II\x2B\0", 4}) ||
         window.has(0, {"MM\0\x2B", 4});
}

ImageFileInfo inspect_tiff(std::span<const std::byte> bytes) {
  constexpr std::uint64_t max_block_bytes = std::uint64_t{64} << 20;
  const FileBytes file(bytes, format_name);
  const TiffPage page{TiffDirectory::first_offset(file), false};
  const TiffDirectory directory(file, page.offset);
  TiffHandle handle(file, patched(directory, file.size()).patches, max_block_bytes);
  select_page(handle, page);
  std::vector<std::string> warnings;
  const TiffLayout layout = read_tiff_layout(handle, directory, warnings);
  return {std::string(format_name), layout.width_px, layout.height_px, layout.channels(), layout.bit_depth()};
}

ReadImage read_tiff(std::span<const std::byte> bytes, const ReadOptions& options, const RunOptions& run) {
  const FileBytes file(bytes, format_name);
  OpenTiff open(file, options, run);
  const TiffLayout& layout = open.layout;
  check_memory(layout, run);
  ReadImage result = std::move(open.result);
  result.image = Image(layout.width_px, layout.height_px, layout.channels(), layout.bit_depth());
  open.read_metadata(result);
  read_tiff_pixels(open.pixels(), options.damage, run, result);
  result.image = turned_upright(std::move(result.image), layout.orientation);
  return result;
}

ImageRows read_tiff_rows(const ByteSource& file, const ReadOptions& options, const RunOptions& run) {
  const auto tiff = std::make_shared<TiffRows>(file, options, run);
  ImageRows image;
  image.about = std::shared_ptr<const ReadImage>(tiff, &tiff->about());
  image.rows.type = tiff->type();
  image.memory_bytes = tiff->memory_bytes();
  image.obstacle = tiff->obstacle(run);
  image.rows.read = [tiff](std::uint32_t first_row, std::uint32_t rows_max, std::span<std::byte> samples) {
    return tiff->read(first_row, rows_max, samples);
  };
  return image;
}

}  // namespace vqi::detail
