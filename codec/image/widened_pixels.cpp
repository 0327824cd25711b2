// Copies sample by sample.
#include "widened_pixels.hpp"

#include <algorithm>
#include <string>

#include "sample_array.hpp"
#include "vqi/codebook.hpp"
#include "vqi/error.hpp"

namespace vqi::detail {

bool holds(const PixelType& wide, const PixelType& narrow) noexcept {
  return wide.has_colour() >= narrow.has_colour() && wide.has_alpha() >= narrow.has_alpha() &&
         wide.bit_depth >= narrow.bit_depth;
}

PixelType common_type(const PixelType& a, const PixelType& b) noexcept {
  const bool has_colour = a.has_colour() || b.has_colour();
  const bool has_alpha = a.has_alpha() || b.has_alpha();
  return {(has_colour ? 3U : 1U) + (has_alpha ? 1U : 0U), std::max(a.bit_depth, b.bit_depth)};
}

void widen_pixels(const std::byte* pixels, const PixelType& from, std::size_t count, const PixelType& to,
                  std::byte* widened) noexcept {
  constexpr std::uint32_t step = 65535 / 255;
  const std::uint32_t unit = from.bit_depth < to.bit_depth ? step : 1;
  const std::uint32_t opaque = to.bit_depth == 16 ? 65535 : 255;
  for (std::size_t n = 0; n < count; ++n)
    for (std::uint32_t c = 0; c < to.channels; ++c) {
      const bool is_alpha = to.has_alpha() && c + 1 == to.channels;
      const std::uint32_t source = is_alpha ? from.channels - 1 : from.has_colour() ? c : 0;
      const bool is_missing = is_alpha && !from.has_alpha();
      const std::uint32_t sample =
          is_missing ? opaque : unit * load_sample(pixels, n * from.channels + source, from.bit_depth);
      store_sample(widened, n * to.channels + c, to.bit_depth, sample);
    }
}

}  // namespace vqi::detail

namespace vqi {

Image widened(ImageView image, std::uint32_t channels, std::uint32_t bit_depth) {
  validate(image);
  const detail::PixelType from{image.channels, image.bit_depth};
  const detail::PixelType to{channels, bit_depth};
  Image wide(image.width_px, image.height_px, channels, bit_depth);
  if (!detail::holds(to, from))
    throw Error(ErrorCode::invalid_image, "an image with " + std::to_string(channels) + " channels of " +
                                              std::to_string(bit_depth) + " bits does not hold one with " +
                                              std::to_string(image.channels) + " of " +
                                              std::to_string(image.bit_depth) + ", give a larger type");
  for (std::uint32_t y = 0; y < image.height_px; ++y)
    detail::widen_pixels(image.row(y), from, image.width_px, to, wide.row(y));
  if (image.metadata != nullptr) wide.metadata() = *image.metadata;
  return wide;
}

}  // namespace vqi
