// Filters that nobody learned, beside which the decode filter shows what learning is worth.
#pragma once

#include "vqi/image.hpp"

namespace vqi::bench {

/// `decoded` blurred by the kernel, of three Gaussian ones of 3x3 and 5x5 pixels, and mixed with itself at the
/// strength, in eighths, that come nearest to `original` together. Both are 8-bit images of one type.
[[nodiscard]] Image convolved(const Image& original, const Image& decoded);

/// The image with the least |u - decoded|^2 / 2 + w TV(u), with the length of the gradient of all channels together
/// (Chambolle, "An algorithm for total variation minimization", JMIV 20, 2004), and w of six around the error that
/// comes nearest to `original`.
[[nodiscard]] Image smoothed_by_total_variation(const Image& original, const Image& decoded);

}  // namespace vqi::bench
