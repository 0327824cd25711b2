// The palette comes by way of a .vqi stream of packed indices, whose bytes cost next to nothing to make and to read.
#include "palette_picture.hpp"

#include <algorithm>
#include <utility>

namespace vqi::detail {

ImageView in_eight_bits(const ImageView& image, Image& rounded) {
  if (image.bit_depth == 8) return image;
  rounded = Image(image.width_px, image.height_px, image.channels, 8);
  const std::size_t row_samples = std::size_t{image.width_px} * image.channels;
  for (std::uint32_t y = 0; y < image.height_px; ++y) {
    const auto* source = reinterpret_cast<const std::uint16_t*>(image.row(y));
    std::byte* target = rounded.row(y);
    for (std::size_t i = 0; i < row_samples; ++i)
      target[i] = static_cast<std::byte>((std::uint32_t{source[i]} * 255 + 32767) / 65535);
  }
  if (image.metadata != nullptr) rounded.metadata() = *image.metadata;
  return rounded;
}

EncodeOptions training_options(const QuantizeOptions& options, std::uint32_t k) {
  EncodeOptions training;
  if (!options.codebook) training.k = k;
  training.effort = options.effort;
  training.max_iterations = options.max_iterations;
  training.seed = options.seed;
  training.dither = options.dither.value_or(options.psnr_db ? Dither::none : Dither::automatic);
  training.dither_strength = options.dither_strength;
  training.codebook = options.codebook;
  training.fixed = options.fixed;
  training.weights = options.weights;
  training.keep_small = options.keep_small;
  training.space = options.space;
  return training;
}

PalettePicture learn_palette(const ImageView& image, const EncodeOptions& options, const RunOptions& run) {
  EncodeOptions packed = options;
  packed.coding = Coding::packed;
  Encoded encoded = encode(image, packed, run);
  const DecodeLimits own_stream{std::uint64_t{image.width_px} * image.height_px,
                                std::max(image.width_px, image.height_px)};
  return {decode_indexed(encoded.bytes, own_stream, run), std::move(encoded.report)};
}

}  // namespace vqi::detail
