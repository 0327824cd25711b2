// Headers, limits, channels, pixels, in that order. A JPEG or PNG inside is read as such a file is.
#include "bmp_reader.hpp"

#include <algorithm>
#include <bit>
#include <string>
#include <tuple>
#include <utility>

#include "bmp_colours.hpp"
#include "bmp_header.hpp"
#include "bmp_pixels.hpp"
#include "bmp_runs.hpp"
#include "byte_window.hpp"
#include "image_errors.hpp"
#include "read_limits.hpp"
#include "vqi/error.hpp"

namespace vqi::detail {
namespace {

BmpHeader read_headers(const ByteWindow& window, std::uint32_t page) {
  const BmpPictures pictures = find_bmp_picture(window, page);
  if (!pictures.offset) check_page(page, static_cast<std::uint32_t>(pictures.count), "BMP");
  return read_bmp_headers(window, *pictures.offset);
}

/// The JPEG or PNG inside.
std::span<const std::byte> embedded_file(std::span<const std::byte> bytes, const BmpHeader& header) {
  const ByteWindow window(bytes, "BMP");
  const bool is_jpeg = header.coding == BmpCoding::jpeg;
  if (!window.has(header.pixel_offset, is_jpeg ? "\xFF\xD8\xFF" : "\x89PNG\r\n\x1A\n"))
    throw_damaged("BMP", is_jpeg ? "it holds no JPEG" : "it holds no PNG",
                  std::min<std::uint64_t>(header.pixel_offset, bytes.size()));
  const auto rest = bytes.subspan(static_cast<std::size_t>(header.pixel_offset));
  const bool is_short = header.coded_bytes != 0 && header.coded_bytes < rest.size();
  return is_short ? rest.first(static_cast<std::size_t>(header.coded_bytes)) : rest;
}

bool is_grey(const BmpPalette& palette) {
  return !palette.empty() && std::all_of(palette.begin(), palette.end(), [](const auto& colour) {
    return colour[0] == colour[1] && colour[1] == colour[2];
  });
}

/// Of a sample behind the widest mask.
std::uint32_t mask_bits(const BmpHeader& header) {
  int most = 1;
  for (const std::uint32_t mask : header.masks) most = std::max(most, std::popcount(mask));
  return static_cast<std::uint32_t>(std::min(most, 16));
}

void describe_samples(const BmpHeader& header, ReadImage& result) {
  result.is_palette = header.has_palette();
  result.sample_bits = header.has_palette() ? header.bits : 8;
  if (header.coding != BmpCoding::masks) return;
  result.sample_bits = mask_bits(header);
  if (result.sample_bits > 8)
    result.warnings.push_back("the BMP's samples of " + std::to_string(result.sample_bits) + " bits are rounded to 8");
}

/// The pixels of a picture that is no embedded file, and where they end.
std::pair<Image, std::uint64_t> read_pixels(const ByteWindow& window, const BmpHeader& header,
                                            const ReadOptions& options, const RunOptions& run, DamageReport& damage) {
  const bool has_runs = header.is_run_length();
  constexpr std::uint64_t cell_bytes = 4;
  check_image_memory(header.width_px, header.height_px, 4 + (has_runs ? cell_bytes : 0), run);
  const BmpPalette palette = read_bmp_palette(window, header);
  // A profile is for RGB, so that grey would lose it.
  const std::uint32_t colours = is_grey(palette) && !has_bmp_profile(window, header) ? 1 : 3;
  bool has_alpha = header.masks[3] != 0;
  // Programs leave masks in headers of which they use none: a picture that would be all transparent has no alpha.
  if (has_alpha && header.has_doubtful_alpha) has_alpha = has_any_alpha(window, header);
  BmpRuns runs;
  if (has_runs) {
    runs = decode_bmp_runs(window, header, damage, run.progress);
    has_alpha = std::find(runs.cells.begin(), runs.cells.end(), skipped_bmp_cell) != runs.cells.end();
  }
  Image image(header.width_px, header.height_px, colours + (has_alpha ? 1 : 0), 8);
  if (has_runs) {
    paint_bmp_cells(runs.cells, header, palette, damage, image);
    return {std::move(image), runs.end_offset};
  }
  if (options.damage == Damage::salvage) std::fill_n(image.samples().data(), image.size_bytes(), std::byte{0});
  read_bmp_rows(window, header, palette, damage, run.progress, image);
  return {std::move(image), end_of_bmp_rows(header)};
}

/// Notes bytes behind pixels that end at `pixel_end`, a profile and what the header counts. Of an array, whose other
/// pictures may lie anywhere, nothing is noted.
void note_bytes_behind(const ByteWindow& window, const BmpHeader& header, std::uint64_t pixel_end, Damage rule,
                       ReadImage& result) {
  const std::uint64_t end = std::max({pixel_end, header.file_bytes, end_of_bmp_profile(window, header)});
  if (!is_bmp_array(window) && end < window.size()) note_trailing_bytes(window.size() - end, end, rule, result);
}

}  // namespace

bool is_bmp(std::span<const std::byte> bytes) { return has_bmp_magic(ByteWindow(bytes, "BMP")); }

ImageFileInfo inspect_bmp(std::span<const std::byte> bytes) {
  const ByteWindow window(bytes, "BMP");
  const BmpHeader header = read_headers(window, 1);
  const bool may_have_alpha = header.is_run_length() || header.masks[3] != 0 || header.is_embedded();
  const std::uint32_t depth = header.coding == BmpCoding::png ? 16 : 8;
  return {"BMP", header.width_px, header.height_px, may_have_alpha ? 4U : 3U, depth};
}

ReadImage read_bmp(std::span<const std::byte> bytes, const ReadOptions& options, const RunOptions& run) {
  const ByteWindow window(bytes, "BMP");
  const BmpHeader header = read_headers(window, options.page);
  check_size_limits(header.width_px, header.height_px, options.limits);
  ReadImage result;
  if (header.is_embedded()) {
    result = read_image(embedded_file(bytes, header), {options.limits, options.damage, 1}, run);
    if (result.image.width_px() != header.width_px || result.image.height_px() != header.height_px)
      throw_damaged("BMP", "its size is not that of the " + result.format + " inside", header.info_offset + 4);
  }
  result.format = "BMP";
  // The embedded file tells of bytes behind it where its length is not given.
  if (header.is_embedded() && header.coded_bytes != 0)
    note_bytes_behind(window, header, header.pixel_offset + header.coded_bytes, options.damage, result);
  DamageReport damage(result, options.damage);
  if (header.has_wrong_planes) damage.beside_pixels("it does not have one plane", header.info_offset + 12);
  if (!header.is_embedded()) {
    describe_samples(header, result);
    std::uint64_t pixel_end = 0;
    std::tie(result.image, pixel_end) = read_pixels(window, header, options, run, damage);
    read_bmp_colours(window, header, run.max_memory_bytes, result);
    note_bytes_behind(window, header, pixel_end, options.damage, result);
  }
  const std::uint64_t pictures = find_bmp_picture(window, 1).count;
  if (pictures > 1 && options.page == 1) result.warnings.push_back(first_picture_warning(pictures, "BMP"));
  return result;
}

}  // namespace vqi::detail
