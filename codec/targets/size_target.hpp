// encode_to_size: the number of codewords that keeps a stream's size, its ratio or its bits per pixel.
#pragma once

#include <cstdint>
#include <optional>

#include "target_trials.hpp"
#include "vqi/sweep.hpp"

namespace vqi::detail {

/// `encode_to_target` for a target that is not a PSNR. `options` are checked.
[[nodiscard]] Encoded encode_to_size(const ImageView& image, const Target& target, const EncodeOptions& options,
                                     const RunOptions& run);

/// The K that `encode_to_size` finds on images whose sizes hardly rise with K and fall here and there: screens, where
/// another search may miss it. None on other images, or if nothing fits. `options` have another coding than packed.
[[nodiscard]] std::optional<std::uint32_t> find_k_if_flat(const ImageView& image, const EncodeOptions& options,
                                                          TargetTrials& trials);

}  // namespace vqi::detail
