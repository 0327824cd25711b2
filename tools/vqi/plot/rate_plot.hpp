// The plot of a sweep: PSNR and SSIM against bits per pixel, side by side.
#pragma once

#include <span>

#include "drawing.hpp"
#include "plot_style.hpp"
#include "rate_curve.hpp"

namespace vqi::tool {

/// Draws the curves. The panel for SSIM is left out if no point has SSIM. Lossless points, which have no PSNR, are
/// drawn above all others.
[[nodiscard]] Drawing rate_plot(std::span<const RateCurve> curves, PlotTheme theme, const TextMeasure& measure);

}  // namespace vqi::tool
