// Quantizing with indices chosen for DEFLATE, at the lambda that is given or that a target takes.
#pragma once

#include "vqi/quantize.hpp"

namespace vqi::detail {

/// As `quantize`, of checked options and an image of 8 bits.
[[nodiscard]] Quantized quantize_by_ecvq(const ImageView& image, const QuantizeOptions& options, const RunOptions& run);

}  // namespace vqi::detail
