// The plot of the gap statistic: log W_k and its expectation against K, and the gap with its error, side by side.
#pragma once

#include <span>
#include <string>

#include "drawing.hpp"
#include "plot_style.hpp"
#include "vqi/cluster.hpp"

namespace vqi::tool {

/// The gaps of one image.
struct GapCurve {
  std::string label;  ///< UTF-8, for the legend
  cluster::GapResult result;
};

[[nodiscard]] Drawing gap_plot(std::span<const GapCurve> curves, PlotTheme theme, const TextMeasure& measure);

}  // namespace vqi::tool
