// encode_constrained_to_target: a target that ECVQ meets by K and lambda together.
#pragma once

#include "vqi/sweep.hpp"

namespace vqi::detail {

/// `encode_to_target` for the method ecvq without a lambda: of the pairs of K and lambda that were tried and meet
/// the target, the one with the fewest bytes for a PSNR, or the least distortion for a size. `options` are checked.
[[nodiscard]] Encoded encode_constrained_to_target(const ImageView& image, const Target& target,
                                                   const EncodeOptions& options, const RunOptions& run);

}  // namespace vqi::detail
