// mean_ssim: the structural similarity of two images, averaged over windows and channels.
#pragma once

#include <optional>

#include "pixel_rows.hpp"
#include "work.hpp"

namespace vqi::detail {

/// Mean SSIM of two images, as `measure_distortion` documents it; none if a side is under 11 pixels. Exactly 1 for
/// images that are equal once colours are multiplied by alpha, and the same at any number of threads. Takes about 120
/// KB of memory for each thread. Throws Error{cancelled}.
[[nodiscard]] std::optional<double> mean_ssim(const ComparedRows& rows, const Work& work);

}  // namespace vqi::detail
