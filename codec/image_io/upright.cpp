// Each orientation is a start and two steps over the stored pixels, which are copied in tiles that fit into caches.
#include "upright.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <utility>

namespace vqi::detail {
namespace {

/// How to walk over stored pixels so that they come in the order of the upright image.
struct Walk {
  const std::byte* origin = nullptr;
  std::ptrdiff_t step_x = 0;  ///< bytes from a pixel to the upright image's next in the row
  std::ptrdiff_t step_y = 0;  ///< and to its next in the column
};

/// EXIF 2.32, tag 274: where the stored first row and column lie in the upright image.
Walk upright_walk(const Image& stored, std::uint32_t orientation) {
  const auto pixel = static_cast<std::ptrdiff_t>(stored.view().pixel_bytes());
  const auto stride = static_cast<std::ptrdiff_t>(stored.row_bytes());
  const bool from_right = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
  const bool from_bottom = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
  Walk walk;
  walk.origin = stored.row(0);
  if (from_right) walk.origin += pixel * (std::ptrdiff_t{stored.width_px()} - 1);
  if (from_bottom) walk.origin += stride * (std::ptrdiff_t{stored.height_px()} - 1);
  walk.step_x = from_right ? -pixel : pixel;
  walk.step_y = from_bottom ? -stride : stride;
  if (orientation >= 5) std::swap(walk.step_x, walk.step_y);
  return walk;
}

template <std::size_t pixel_bytes>
void copy_pixels(const Walk& walk, Image& upright) {
  constexpr std::uint32_t tile_px = 32;
  for (std::uint32_t top = 0; top < upright.height_px(); top += tile_px)
    for (std::uint32_t left = 0; left < upright.width_px(); left += tile_px) {
      const std::uint32_t bottom = std::min(upright.height_px(), top + tile_px);
      const std::uint32_t right = std::min(upright.width_px(), left + tile_px);
      for (std::uint32_t y = top; y < bottom; ++y) {
        const std::byte* source = walk.origin + walk.step_y * std::ptrdiff_t{y} + walk.step_x * std::ptrdiff_t{left};
        std::byte* target = upright.row(y) + pixel_bytes * left;
        for (std::uint32_t x = left; x < right; ++x, source += walk.step_x, target += pixel_bytes)
          std::memcpy(target, source, pixel_bytes);
      }
    }
}

using CopyPixels = void (*)(const Walk& walk, Image& upright);

/// By the bytes of a pixel: 1 to 4 channels of 1 or 2 bytes.
constexpr std::array<CopyPixels, 9> copies{nullptr, copy_pixels<1>, copy_pixels<2>, copy_pixels<3>, copy_pixels<4>,
                                           nullptr, copy_pixels<6>, nullptr,        copy_pixels<8>};

}  // namespace

Image turned_upright(Image image, std::uint32_t orientation) {
  if (orientation < 2 || orientation > 8) return image;
  const bool is_transposed = orientation >= 5;
  Image upright(is_transposed ? image.height_px() : image.width_px(),
                is_transposed ? image.width_px() : image.height_px(), image.channels(), image.bit_depth());
  copies[image.view().pixel_bytes()](upright_walk(image, orientation), upright);
  upright.metadata() = std::move(image.metadata());
  if (is_transposed && upright.metadata().density)
    std::swap(upright.metadata().density->x, upright.metadata().density->y);
  return upright;
}

}  // namespace vqi::detail
