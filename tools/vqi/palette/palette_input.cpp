// Chooses the reader by magic bytes, and gathers the colours of pictures.
#include "palette_input.hpp"

#include <algorithm>
#include <cstring>
#include <map>
#include <string>
#include <string_view>

#include "act_palette.hpp"
#include "json_palette.hpp"
#include "png_palette.hpp"
#include "text_palettes.hpp"
#include "vqi/codebook.hpp"
#include "vqi/error.hpp"

namespace vqi::tool {
namespace {

constexpr std::string_view stream_start = "\x89VQI";
constexpr std::string_view codebook_start = "\x89VQB";
constexpr std::size_t picture_colours_max = 256;
/// A palette of text is far shorter.
constexpr std::size_t text_bytes_max = std::size_t{1} << 24;

std::string_view text_of(std::span<const std::byte> file) {
  return {reinterpret_cast<const char*>(file.data()), file.size()};
}

/// The pixels of an image's first row as colours.
Palette palette_of_row(const Image& image) {
  Palette palette;
  palette.bit_depth = image.bit_depth();
  for (std::uint32_t x = 0; x < image.width_px(); ++x) palette.colours.push_back({rgba_of_pixel(image, 0, x), {}});
  return palette;
}

Palette palette_in_codebook(std::span<const std::byte> file, const RunOptions& run) {
  const Codebook codebook = read_codebook(file, run);
  if (codebook.block_width_px != 1 || codebook.block_height_px != 1)
    throw Error(ErrorCode::invalid_option,
                "the codebook has blocks of pixels, which are no colours; give one of single "
                "pixels");
  return palette_of_row(codebook.codewords);
}

Palette palette_in_stream(std::span<const std::byte> file, const ReadOptions& options, const RunOptions& run) {
  const IndexedImage indexed = decode_indexed(file, options.limits, run);
  if (indexed.map_width != indexed.width_px || indexed.map_height != indexed.height_px)
    throw Error(ErrorCode::invalid_option,
                "the .vqi file has blocks of pixels, which are no colours; give one of single pixels");
  Palette palette = palette_of_row(indexed.codebook);
  palette.counts.resize(palette.colours.size());
  for (const std::uint16_t index : indexed.indices) ++palette.counts[index];
  return palette;
}

/// How often each colour of the palette is met in `image`; of equal colours the first counts.
std::vector<std::uint64_t> counts_in(const Image& image, const Palette& palette) {
  std::map<Rgba, std::size_t> place;
  for (std::size_t k = 0; k < palette.colours.size(); ++k) place.try_emplace(palette.colours[k].rgba, k);
  std::vector<std::uint64_t> counts(palette.colours.size());
  for (std::uint32_t y = 0; y < image.height_px(); ++y)
    for (std::uint32_t x = 0; x < image.width_px(); ++x)
      if (const auto found = place.find(rgba_of_pixel(image, y, x)); found != place.end()) ++counts[found->second];
  return counts;
}

/// The colours of a picture without a palette.
Palette palette_of_picture(const Image& image) {
  Palette palette;
  palette.bit_depth = image.bit_depth();
  std::map<Rgba, std::size_t> place;
  for (std::uint32_t y = 0; y < image.height_px(); ++y)
    for (std::uint32_t x = 0; x < image.width_px(); ++x) {
      const Rgba rgba = rgba_of_pixel(image, y, x);
      const auto [found, is_new] = place.try_emplace(rgba, palette.colours.size());
      if (is_new) {
        if (palette.colours.size() == picture_colours_max)
          throw Error(ErrorCode::invalid_option,
                      "the picture has no palette and more than 256 colours; give a palette, or a .vqi file of it");
        palette.colours.push_back({rgba, {}});
        palette.counts.push_back(0);
      }
      ++palette.counts[found->second];
    }
  return palette;
}

/// True if the first bytes are those of an image file.
bool is_image(std::span<const std::byte> file) {
  try {
    static_cast<void>(inspect_image(file));
    return true;
  } catch (const Error& error) {
    return error.error_code() != ErrorCode::not_an_image;
  }
}

bool is_text(std::span<const std::byte> file) {
  return std::none_of(file.begin(), file.end(), [](std::byte byte) {
    const auto value = std::to_integer<unsigned>(byte);
    return value < 0x20 && value != '\t' && value != '\n' && value != '\r' && value != '\v' && value != '\f';
  });
}

Palette palette_in_text(std::span<const std::byte> file) {
  const std::string_view text = text_of(file);
  if (is_gimp_palette(text)) return read_gimp_palette(text);
  if (is_jasc_palette(text)) return read_jasc_palette(text);
  const std::size_t first = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (first != std::string_view::npos && (text[first] == '{' || text[first] == '[')) return read_json_palette(text);
  return read_hex_palette(text);
}

}  // namespace

bool is_stream(std::span<const std::byte> file) noexcept { return text_of(file).starts_with(stream_start); }

Palette read_palette(std::span<const std::byte> file, const ReadOptions& options, const RunOptions& run) {
  const std::string_view text = text_of(file);
  if (is_stream(file)) return palette_in_stream(file, options, run);
  if (text.starts_with(codebook_start)) return palette_in_codebook(file, run);
  if (file.empty()) throw Error(ErrorCode::corrupt_palette, "the file is empty (at byte 0), give a palette", 0);
  const bool sized_as_act = file.size() == act_bytes_short || file.size() == act_bytes_long;
  if (is_image(file)) {
    const ReadImage read = read_image(file, options, run);
    std::optional<Palette> palette = is_png(file) ? palette_in_png(file) : std::nullopt;
    if (!palette) return palette_of_picture(read.image);
    if (read.is_palette && palette->name.empty()) palette->counts = counts_in(read.image, *palette);
    return *palette;
  }
  if (is_text(file) && file.size() <= text_bytes_max) return palette_in_text(file);
  if (sized_as_act) return read_act_palette(file);
  throw Error(ErrorCode::corrupt_palette,
              "the file is no palette, give hexadecimal digits, .gpl, .pal, .act, JSON, a palette PNG, .vqi or .vqb");
}

}  // namespace vqi::tool
