// mean_ssim: the structural similarity of two images, averaged over windows and channels.
#pragma once

#include <optional>

#include "vqi/image.hpp"
#include "work.hpp"

namespace vqi::detail {

/// Mean SSIM of two valid views of one type, as `measure_distortion` documents it; none where a side
/// is under 11 pixels. Exactly 1 for equal images; the same at
/// any number of threads. Throws Error{cancelled}. Takes about 110 KB of memory per thread.
[[nodiscard]] std::optional<double> mean_ssim(const ImageView& reference, const ImageView& other, const Work& work);

}  // namespace vqi::detail
