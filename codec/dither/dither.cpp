// Which method is whose work.
#include "dither.hpp"

#include <cmath>

#include "dither_palette.hpp"
#include "error_diffusion.hpp"
#include "gradient_mask.hpp"
#include "ordered_dither.hpp"
#include "threshold_tile.hpp"

namespace vqi::detail {

std::uint64_t dither_bytes_per_pixel(Dither method) noexcept {
  return method == Dither::automatic ? gradient_bytes_per_pixel : 0;
}

void dither(const ImageView& image, const SampleArray& codewords, Dither method, double strength,
            std::span<std::uint16_t> indices, const Work& work) {
  const auto part = static_cast<std::int32_t>(std::lround(strength * full_strength));
  const DitherPalette palette(codewords, image.channels);
  switch (method) {
    case Dither::none:
      return;
    case Dither::automatic:
      return diffuse_errors(image, palette, part, find_gradients(image, palette, indices, work), indices, work);
    case Dither::diffusion:
      return diffuse_errors(image, palette, part, {}, indices, work);
    case Dither::blue:
      return order_dither(image, palette, part, blue_noise_tile(), indices, work);
    case Dither::bayer:
      return order_dither(image, palette, part, bayer_tile(), indices, work);
  }
}

}  // namespace vqi::detail
