// One pass looks for a pixel that is not opaque, another copies.
#include "opaque_image.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

namespace vqi::detail {

Image without_opaque_alpha(Image image) {
  const std::uint64_t pixels = std::uint64_t{image.width_px()} * image.height_px();
  const std::byte* source = image.samples().data();
  for (std::uint64_t i = 0; i < pixels; ++i)
    if (source[4 * i + 3] != std::byte{255}) return image;
  Image opaque(image.width_px(), image.height_px(), 3, 8);
  std::byte* target = opaque.samples().data();
  for (std::uint64_t i = 0; i < pixels; ++i) std::memcpy(target + 3 * i, source + 4 * i, 3);
  opaque.metadata() = std::move(image.metadata());
  return opaque;
}

}  // namespace vqi::detail
