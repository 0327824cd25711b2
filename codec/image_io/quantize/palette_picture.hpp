// PalettePicture: a picture in the colours of a palette, and what is known of how it was found.
#pragma once

#include "vqi/codec.hpp"
#include "vqi/quantize.hpp"
#include "vqi/report.hpp"
#include "vqi/run_options.hpp"

namespace vqi::detail {

inline constexpr std::uint32_t max_palette_size = 256;

/// The colours that a palette may have.
[[nodiscard]] constexpr std::uint32_t max_colours(const QuantizeOptions& options) noexcept {
  return options.k.value_or(max_palette_size);
}

/// `image` if it has 8 bits a sample, else a copy that `rounded` gets, each sample rounded to the nearest of 8 bits.
[[nodiscard]] ImageView in_eight_bits(const ImageView& image, Image& rounded);

struct PalettePicture {
  IndexedImage indexed;
  EncodeReport report;
};

/// How many of the first codewords are the caller's, and stay as they are.
[[nodiscard]] inline std::size_t kept_colours(const PalettePicture& picture, const QuantizeOptions& options) noexcept {
  return options.codebook ? picture.indexed.codebook.width_px() : options.fixed.size();
}

/// How `options` have `k` colours learned.
[[nodiscard]] EncodeOptions training_options(const QuantizeOptions& options, std::uint32_t k);

/// Learns `options.k` colours and gives each pixel the nearest. Throws as `encode`.
[[nodiscard]] PalettePicture learn_palette(const ImageView& image, const EncodeOptions& options, const RunOptions& run);

}  // namespace vqi::detail
