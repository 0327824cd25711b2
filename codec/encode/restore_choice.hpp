// choose_restore: the decode filter's figures for a quantized image, and the strength that leaves the least error.
#pragma once

#include "prepared_image.hpp"

namespace vqi::detail {

/// Whether `options` ask for the decode filter.
[[nodiscard]] inline bool wants_restore(const EncodeOptions& options) noexcept {
  return options.restore.value_or(false);
}

/// Throws Error{invalid_option} if the filter is asked for and cannot be had.
void check_restore(const EncodeOptions& options);

/// The filter for `quantized`, which was made of `image` and has the strips that it is written with. All strengths are
/// tried; off where none of them lowers the squared error. Weighed as Distortion::mse is, with alpha premultiplied.
[[nodiscard]] RestoreSettings choose_restore(const ImageView& image, const QuantizedImage& quantized, const Work& work);

/// Warns in `report` where `options` asked for the filter and the stream has none.
void warn_without_restore(const EncodeOptions& options, EncodeReport& report);

/// The image that decoders make of `quantized`, whose header has the filter.
[[nodiscard]] Image restored_image(const QuantizedImage& quantized, const Work& work);

}  // namespace vqi::detail
