// The header is checked here, because OpenCV takes memory by the declared size and misreads some layouts. What it reads
// wrongly is refused (bitmaps, run lengths) or read here (bytes without a colour map, which it shows black; RGB order).
#include "sun_raster_reader.hpp"

#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "byte_window.hpp"
#include "image_errors.hpp"
#include "opencv_codec.hpp"
#include "private_stderr.hpp"
#include "read_limits.hpp"
#include "vqi/error.hpp"

namespace vqi::detail {
namespace {

constexpr std::string_view format_name = "Sun raster";
constexpr std::uint32_t channels_max = 3;
constexpr std::uint64_t header_bytes = 32;

struct SunRasterHeader {
  std::uint32_t width_px = 0;
  std::uint32_t height_px = 0;
  std::uint32_t pixel_bits = 0;  ///< 8 or 24
  bool has_map = false;          ///< of red, green and blue bytes
  std::uint32_t map_bytes = 0;
  bool is_rgb = false;  ///< 24 bits are red, green and blue; else blue, green and red

  /// Bytes of 8 bits a pixel are grey where no map says otherwise.
  [[nodiscard]] bool is_plain_grey() const noexcept { return pixel_bits == 8 && !has_map; }
  [[nodiscard]] std::uint32_t channels() const noexcept { return is_plain_grey() ? 1 : channels_max; }
  /// The samples of the file are those of the image.
  [[nodiscard]] bool is_as_shown() const noexcept { return is_plain_grey() || (pixel_bits == 24 && is_rgb); }
  [[nodiscard]] std::uint64_t row_bytes() const noexcept { return std::uint64_t{width_px} * pixel_bits / 8; }
  /// Rows are padded to an even number of bytes.
  [[nodiscard]] std::uint64_t row_offset(std::uint64_t y) const noexcept {
    return header_bytes + map_bytes + y * (row_bytes() + row_bytes() % 2);
  }
};

constexpr std::uint32_t kind_run_lengths = 2;  // 0 and 1 are plain
constexpr std::uint32_t kind_rgb = 3;

SunRasterHeader read_header(std::span<const std::byte> bytes) {
  const ByteWindow window(bytes, format_name);
  const std::uint32_t map_kind = window.be32(24);
  const std::uint32_t kind = window.be32(20);
  const SunRasterHeader header{window.be32(4), window.be32(8),  window.be32(12),
                               map_kind == 1,  window.be32(28), kind == kind_rgb};
  if (header.width_px == 0 || header.height_px == 0) throw_damaged(format_name, "a side has 0 pixels", 4);
  if ((header.pixel_bits != 8 && header.pixel_bits != 24) || kind == kind_run_lengths || kind > kind_rgb)
    throw_unsupported(format_name, "a layout other than plain 8 or 24 bits per pixel");
  if (map_kind > 1) throw_unsupported(format_name, "a colour map other than one of red, green and blue");
  const bool is_map_sound =
      header.has_map ? header.map_bytes % 3 == 0 && header.map_bytes / 3 <= 256 : header.map_bytes == 0;
  if (!is_map_sound) throw_damaged(format_name, "the size of its colour map is not valid", 28);
  if (header.has_map && header.pixel_bits == 24)  // some readers look each sample up, others do not
    throw_unsupported(format_name, "a colour map with 24 bits per pixel");
  return header;
}

/// Throws Error{corrupt_image} where a pixel lies outside of the colour map, as OpenCV takes it for black.
void check_indices(const ByteWindow& window, const SunRasterHeader& header) {
  if (header.pixel_bits != 8 || !header.has_map) return;
  const std::uint32_t colours = header.map_bytes / 3;
  for (std::uint32_t y = 0; y < header.height_px; ++y) {
    const std::uint64_t offset = header.row_offset(y);
    for (const std::byte index : window.at(offset, header.width_px))
      if (std::to_integer<std::uint32_t>(index) >= colours)
        throw_damaged(format_name, "a pixel's index lies outside of the palette", offset);
  }
}

Image read_as_shown(const ByteWindow& window, const SunRasterHeader& header) {
  // Before memory is taken for them: the last row is there.
  static_cast<void>(window.at(header.row_offset(header.height_px - 1), header.row_bytes()));
  Image image(header.width_px, header.height_px, header.channels(), 8);
  for (std::uint32_t y = 0; y < header.height_px; ++y)
    std::memcpy(image.row(y), window.at(header.row_offset(y), header.row_bytes()).data(), image.row_bytes());
  return image;
}

/// The samples as an image; OpenCV has colours in the order blue, green, red.
Image copy_samples(const OpencvSamples& samples) {
  Image image(samples.width_px, samples.height_px, samples.channels, 8);
  const std::uint32_t channels = samples.channels;
  for (std::uint32_t y = 0; y < image.height_px(); ++y) {
    const std::byte* const source = samples.data + y * samples.stride_bytes;
    std::byte* const target = image.row(y);
    for (std::size_t x = 0; x < image.row_bytes(); x += channels)
      for (std::uint32_t c = 0; c < channels; ++c) target[x + c] = source[x + channels - 1 - c];
  }
  return image;
}

Image read_by_opencv(std::span<const std::byte> bytes, const SunRasterHeader& header, ReadImage& result) {
  if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()))
    throw Error(ErrorCode::limit_exceeded, std::string(format_name) + " file of " + std::to_string(bytes.size()) +
                                               " bytes is over the 2147483647 that OpenCV reads; convert it to PNG "
                                               "with another program first");
  const OpencvCodec& codec = opencv_codec();
  std::optional<OpencvSamples> decoded;
  const std::string message = run_with_private_stderr([&] { decoded = codec.decode(bytes); });
  if (!decoded || decoded->width_px != header.width_px || decoded->height_px != header.height_px)
    throw_damaged(format_name, "its pixels cannot be decoded", bytes.size());
  if (decoded->bit_depth != 8 || (decoded->channels != 1 && decoded->channels != channels_max))
    throw_unsupported(format_name, "samples that are not 8-bit grey or RGB");
  if (!message.empty()) result.warnings.push_back("the " + result.format + " decoder says: " + message);
  return copy_samples(*decoded);
}

}  // namespace

bool is_sun_raster(std::span<const std::byte> bytes) {
  return ByteWindow(bytes, format_name).has(0, "\x59\xA6\x6A\x95");
}

ImageFileInfo inspect_sun_raster(std::span<const std::byte> bytes) {
  const SunRasterHeader header = read_header(bytes);
  return {std::string(format_name), header.width_px, header.height_px, header.channels(), 8};
}

ReadImage read_sun_raster(std::span<const std::byte> bytes, const ReadOptions& options, const RunOptions& run) {
  const SunRasterHeader header = read_header(bytes);
  check_size_limits(header.width_px, header.height_px, options.limits);
  // OpenCV's matrix and our image live side by side for a moment.
  check_image_memory(header.width_px, header.height_px, header.is_as_shown() ? header.channels() : 2 * channels_max,
                     run);
  check_page(options.page, 1, format_name);
  const ByteWindow window(bytes, format_name);
  check_indices(window, header);
  ReadImage result;
  result.format = format_name;
  result.image = header.is_as_shown() ? read_as_shown(window, header) : read_by_opencv(bytes, header, result);
  return result;
}

}  // namespace vqi::detail
