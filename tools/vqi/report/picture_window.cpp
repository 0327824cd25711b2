// Cuts windows out of images and index maps.
#include "picture_window.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "vqi/image_io.hpp"

namespace vqi::tool {
namespace {

/// The window of an index map of single pixels.
IndexedImage cut_out(const IndexedImage& indexed, const PictureWindow& window) {
  IndexedImage part;
  part.width_px = part.map_width = window.width_px;
  part.height_px = part.map_height = window.height_px;
  part.codebook = indexed.codebook;
  part.indices.reserve(std::size_t{window.width_px} * window.height_px);
  for (std::uint32_t y = 0; y < window.height_px; ++y) {
    const std::size_t first = std::size_t{window.y_px + y} * indexed.map_width + window.x_px;
    const auto row = indexed.indices.begin() + static_cast<std::ptrdiff_t>(first);
    part.indices.insert(part.indices.end(), row, row + window.width_px);
  }
  return part;
}

bool fits_palette(const IndexedImage& indexed) {
  return indexed.map_width == indexed.width_px && indexed.map_height == indexed.height_px &&
         indexed.codebook.height_px() == 1 && indexed.codebook.width_px() <= 256 && indexed.codebook.bit_depth() == 8;
}

}  // namespace

PictureWindow picture_window(std::uint32_t width_px, std::uint32_t height_px, std::uint64_t max_pixels) {
  PictureWindow window{0, 0, width_px, height_px};
  if (std::uint64_t{width_px} * height_px <= max_pixels) return window;
  const double shrink = std::sqrt(static_cast<double>(max_pixels) / (static_cast<double>(width_px) * height_px));
  // No side shrinks below one pixel, however narrow the image; the other side then gets all of `max_pixels`.
  const auto side = [max_pixels, shrink](std::uint32_t length, std::uint32_t other) {
    const double wished = std::max(1.0, std::floor(length * shrink));
    const double other_wished = std::max(1.0, std::floor(other * shrink));
    return static_cast<std::uint32_t>(
        std::min({wished, static_cast<double>(length), static_cast<double>(max_pixels) / other_wished}));
  };
  window.width_px = std::max(1U, side(width_px, height_px));
  window.height_px = std::max(1U, side(height_px, width_px));
  window.x_px = (width_px - window.width_px) / 2;
  window.y_px = (height_px - window.height_px) / 2;
  return window;
}

Image cut_out(const ImageView& image, const PictureWindow& window) {
  Image part(window.width_px, window.height_px, image.channels, 8);
  for (std::uint32_t y = 0; y < window.height_px; ++y) {
    const std::byte* const from = image.row(window.y_px + y) + window.x_px * image.pixel_bytes();
    if (image.bit_depth == 8) {
      std::memcpy(part.row(y), from, part.row_bytes());
      continue;
    }
    for (std::size_t n = 0; n < part.row_bytes(); ++n) {
      std::uint16_t sample = 0;
      std::memcpy(&sample, from + 2 * n, 2);
      part.row(y)[n] = static_cast<std::byte>((sample + 128U) / 257U);  // 65535 is 255 * 257
    }
  }
  return part;
}

std::vector<std::byte> decoded_png(const IndexedImage& indexed, std::span<const std::byte> stream,
                                   const PictureWindow& window, const DecodeLimits& limits, const RunOptions& run) {
  if (fits_palette(indexed)) return write_indexed_png(cut_out(indexed, window));
  const Image decoded = decode_region(stream, window.x_px, window.y_px, window.width_px, window.height_px, limits, run);
  return write_image_bytes(cut_out(decoded, {0, 0, window.width_px, window.height_px}), ".png");
}

}  // namespace vqi::tool
