// Each orientation is a start and two steps over the decoded samples; rows are copied, scaled and swapped along them.
#include "sample_copy.hpp"

#include <algorithm>
#include <cstring>

namespace vqi::detail {
namespace {

/// How to walk over decoded pixels so that they come in the order of the upright image.
struct Walk {
  const std::byte* origin = nullptr;
  std::ptrdiff_t step_x = 0;  ///< bytes from a pixel to the upright image's next in the row
  std::ptrdiff_t step_y = 0;  ///< and to its next in the column
  bool is_transposed = false;
};

/// EXIF 2.32, tag 274: where the stored first row and column lie in the upright image.
Walk upright_walk(const DecodedSamples& samples, std::uint32_t orientation) {
  const auto pixel = std::ptrdiff_t{samples.channels} * (samples.bit_depth / 8);
  const auto stride = static_cast<std::ptrdiff_t>(samples.stride_bytes);
  const bool is_transposed = orientation >= 5;
  const bool from_right = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
  const bool from_bottom = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
  Walk walk;
  walk.origin = samples.data;
  if (from_right) walk.origin += pixel * (std::ptrdiff_t{samples.width_px} - 1);
  if (from_bottom) walk.origin += stride * (std::ptrdiff_t{samples.height_px} - 1);
  const std::ptrdiff_t along_row = from_right ? -pixel : pixel;
  const std::ptrdiff_t along_column = from_bottom ? -stride : stride;
  walk.step_x = is_transposed ? along_column : along_row;
  walk.step_y = is_transposed ? along_row : along_column;
  walk.is_transposed = is_transposed;
  return walk;
}

/// Copies pixels of `from` samples to pixels of `to`, whose first three are swapped on request.
template <typename Sample, std::uint32_t from, std::uint32_t to>
void copy_pixels(const Walk& walk, bool swap_colours, Image& image) {
  const std::uint32_t first = swap_colours ? 2 : 0;
  for (std::uint32_t y = 0; y < image.height_px(); ++y) {
    const std::byte* source = walk.origin + walk.step_y * std::ptrdiff_t{y};
    auto* target = reinterpret_cast<Sample*>(image.row(y));
    for (std::uint32_t x = 0; x < image.width_px(); ++x, source += walk.step_x, target += to) {
      Sample pixel[from];
      std::memcpy(pixel, source, sizeof pixel);
      if constexpr (to == 1) {
        target[0] = pixel[0];
      } else {
        target[0] = pixel[first];
        target[1] = pixel[1];
        target[2] = pixel[2 - first];
        if constexpr (to == 4) target[3] = pixel[3];
      }
    }
  }
}

template <typename Sample>
void copy_pixels(const Walk& walk, const DecodedSamples& samples, bool swap_colours, Image& image) {
  if (samples.channels == 1)
    copy_pixels<Sample, 1, 1>(walk, false, image);
  else if (samples.channels == 3)
    copy_pixels<Sample, 3, 3>(walk, swap_colours, image);
  else if (image.channels() == 3)
    copy_pixels<Sample, 4, 3>(walk, swap_colours, image);
  else
    copy_pixels<Sample, 4, 4>(walk, swap_colours, image);
}

/// Scales 0..sample_max to the whole range, rounded to nearest.
template <typename Sample>
void stretch_range(Image& image, std::uint32_t sample_max) {
  const std::uint64_t full = image.view().max_value();
  for (std::uint32_t y = 0; y < image.height_px(); ++y) {
    auto* sample = reinterpret_cast<Sample*>(image.row(y));
    std::for_each(sample, sample + std::size_t{image.width_px()} * image.channels(), [&](Sample& value) {
      const std::uint64_t inside = std::min<std::uint64_t>(value, sample_max);
      value = static_cast<Sample>((inside * full + sample_max / 2) / sample_max);
    });
  }
}

/// Divides the colours of RGBA by alpha, rounded to nearest; where alpha is 0 they stay.
template <typename Sample>
void make_alpha_straight(Image& image) {
  const std::uint64_t full = image.view().max_value();
  for (std::uint32_t y = 0; y < image.height_px(); ++y) {
    auto* pixel = reinterpret_cast<Sample*>(image.row(y));
    for (std::uint32_t x = 0; x < image.width_px(); ++x, pixel += 4) {
      const std::uint64_t alpha = pixel[3];
      if (alpha == 0 || alpha == full) continue;
      for (int channel = 0; channel < 3; ++channel)
        pixel[channel] = static_cast<Sample>(std::min(full, (pixel[channel] * full + alpha / 2) / alpha));
    }
  }
}

template <typename Sample>
void fill_image(const DecodedSamples& samples, const ImageHeader& header, const Walk& walk, Image& image) {
  copy_pixels<Sample>(walk, samples, !header.is_rgb_order, image);
  if (header.sample_max != 0) stretch_range<Sample>(image, header.sample_max);
  if (image.channels() == 4 && header.alpha == AlphaKind::premultiplied) make_alpha_straight<Sample>(image);
}

}  // namespace

Image copy_samples(const DecodedSamples& samples, const ImageHeader& header) {
  const Walk walk = upright_walk(samples, header.orientation);
  const bool drops_alpha = samples.channels == 4 && header.alpha == AlphaKind::none;
  Image image(walk.is_transposed ? samples.height_px : samples.width_px,
              walk.is_transposed ? samples.width_px : samples.height_px, drops_alpha ? 3 : samples.channels,
              samples.bit_depth);
  if (samples.bit_depth == 16)
    fill_image<std::uint16_t>(samples, header, walk, image);
  else
    fill_image<std::uint8_t>(samples, header, walk, image);
  return image;
}

}  // namespace vqi::detail
