// refine_restored: ECVQ that knows what the decode filter will add.
#pragma once

#include "prepared_image.hpp"

namespace vqi::detail {

/// Passes of refine_restored at an effort, 1 to 9. Each takes about a third of the time of the whole encode.
[[nodiscard]] int refining_passes(std::uint32_t effort) noexcept;

/// Chooses the indices of `written`, which was made of `image` by `options`, anew, and keeps the result, with its own
/// strength of the filter, where D + lambda R has become less: with the squared error of the restored image, and the
/// bits of the whole file. Does nothing for methods without a lambda, and where there is no filter.
void refine_restored(const ImageView& image, const EncodeOptions& options, WrittenImage& written, const Work& work);

/// `image` less a part of what the filter of `quantized` adds to codewords: what the codewords themselves should be
/// near to.
[[nodiscard]] Image image_before_filter(const ImageView& image, const QuantizedImage& quantized, const Work& work);

}  // namespace vqi::detail
