// blurred_mse: the squared error of two images that are both blurred.
#pragma once

#include "pixel_rows.hpp"
#include "work.hpp"

namespace vqi::detail {

/// `Distortion::mse_blurred`: the mean over all samples, premultiplied where there is alpha, of the squared difference
/// after a separable Gaussian (gaussian_window.hpp) on both images; beyond an edge the image's outermost pixels are
/// repeated. The same at any number of threads. Throws Error{cancelled}.
[[nodiscard]] double blurred_mse(const ComparedRows& rows, const Work& work);

}  // namespace vqi::detail
