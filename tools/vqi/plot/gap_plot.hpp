// The plot of the gap statistic: log W_k and its expectation against K, and beside them the gap with its error.
#pragma once

#include <span>
#include <string>

#include "drawing.hpp"
#include "plot_style.hpp"
#include "vqi/cluster.hpp"

namespace vqi::tool {

/// The gap statistic of one image and block size.
struct GapCurve {
  std::string label;  ///< UTF-8, for the legend
  cluster::GapResult result;
};

[[nodiscard]] Drawing gap_plot(std::span<const GapCurve> curves, PlotTheme theme, const TextMeasure& measure);

}  // namespace vqi::tool
