// The plot of a sweep: PSNR and SSIM against bits per pixel, side by side, with a legend below.
#pragma once

#include <span>

#include "drawing.hpp"
#include "plot_style.hpp"
#include "rate_curve.hpp"

namespace vqi::tool {

/// Draws the curves. SSIM has no panel where no point has one. A lossless point has no PSNR and
/// stands above all others.
[[nodiscard]] Drawing rate_plot(std::span<const RateCurve> curves, PlotTheme theme, const TextMeasure& measure);

}  // namespace vqi::tool
