// oklab_mse: how far two images are from each other in Oklab.
#pragma once

#include "pixel_rows.hpp"
#include "work.hpp"

namespace vqi::detail {

/// `Distortion::mse_oklab`. The same at any number of threads. Throws Error{cancelled}.
[[nodiscard]] double oklab_mse(const ComparedRows& rows, const Work& work);

}  // namespace vqi::detail
