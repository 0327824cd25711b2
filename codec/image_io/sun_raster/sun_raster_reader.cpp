// The header is checked here, because OpenCV takes memory by the declared size and misreads some layouts.
#include "sun_raster_reader.hpp"

#include <cstdint>
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
constexpr std::uint32_t channels_max = 3;  // 8 bits a pixel may have a palette

struct SunRasterHeader {
  std::uint32_t width_px = 0;
  std::uint32_t height_px = 0;
};

SunRasterHeader read_header(std::span<const std::byte> bytes) {
  const ByteWindow window(bytes, format_name);
  const SunRasterHeader header{window.be32(4), window.be32(8)};
  const std::uint32_t bits = window.be32(12);
  const std::uint32_t kind = window.be32(20);
  if (header.width_px == 0 || header.height_px == 0) throw_damaged(format_name, "a side has 0 pixels", 4);
  // What OpenCV reads wrongly is refused: bitmaps, RGB order and run lengths.
  if ((bits != 8 && bits != 24) || kind > 1)
    throw_unsupported(format_name, "a layout other than plain 8 or 24 bits per pixel");
  return header;
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

}  // namespace

bool is_sun_raster(std::span<const std::byte> bytes) {
  return ByteWindow(bytes, format_name).has(0, "\x59\xA6\x6A\x95");
}

ImageFileInfo inspect_sun_raster(std::span<const std::byte> bytes) {
  const SunRasterHeader header = read_header(bytes);
  return {std::string(format_name), header.width_px, header.height_px, channels_max, 8};
}

ReadImage read_sun_raster(std::span<const std::byte> bytes, const ReadOptions& options, const RunOptions& run) {
  const SunRasterHeader header = read_header(bytes);
  check_size_limits(header.width_px, header.height_px, options.limits);
  // OpenCV's matrix and our image live side by side for a moment.
  check_image_memory(header.width_px, header.height_px, 2 * channels_max, run);
  check_page(options.page, 1, format_name);
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
  ReadImage result;
  result.format = format_name;
  result.image = copy_samples(*decoded);
  if (!message.empty()) result.warnings.push_back("the " + result.format + " decoder says: " + message);
  return result;
}

}  // namespace vqi::detail
