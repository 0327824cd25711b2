// A picture in the colours of a palette to a PNG file, with the report on it.
#pragma once

#include "palette_picture.hpp"
#include "vqi/quantize.hpp"

namespace vqi::detail {

/// The PNG of `picture`, and its report completed with sizes. Throws as `write_palette_png`.
[[nodiscard]] Quantized write_quantized(PalettePicture picture, const QuantizeOptions& options, const RunOptions& run);

}  // namespace vqi::detail
