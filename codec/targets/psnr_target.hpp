// encode_to_psnr: the number of codewords that reaches a PSNR.
#pragma once

#include "vqi/sweep.hpp"

namespace vqi::detail {

/// `encode_to_target` for a target that is a PSNR. `options` are checked.
[[nodiscard]] Encoded encode_to_psnr(const ImageView& image, const Target& target, const EncodeOptions& options,
                                     const RunOptions& run);

}  // namespace vqi::detail
