// Secant steps from probe to probe.
#include "target_probes.hpp"

#include <algorithm>
#include <cmath>

#include "effort.hpp"

namespace vqi::detail {
namespace {

/// Probes after the one that the caller has made.
constexpr int probes_max = 4;
/// Factor of K that one probe may move by: its slope is that of a chord, which may be far from the slope there.
constexpr double step_max = 16;

}  // namespace

EncodeOptions probe_options(const EncodeOptions& options, std::uint32_t k) {
  EncodeOptions own = options;
  own.k = k;
  own.effort = effort_min;
  return own;
}

void probe(CrossingSearch& search, double residual, double near_enough,
           const std::function<double(std::uint32_t k)>& residual_at) {
  const CrossingLine& line = search.line;
  double k = std::round(search.guess);
  for (int left = probes_max; std::isfinite(residual); --left) {
    const double crossing = line.k_at(line.position(k) - residual / search.slope);
    search.guess = std::clamp<double>(std::clamp(crossing, k / step_max, k * step_max), 1, search.k_max);
    const double next_k = std::round(search.guess);
    const double moved = next_k / k;
    if (left == 0 || (moved < near_enough && moved > 1 / near_enough)) break;
    const double next_residual = residual_at(static_cast<std::uint32_t>(next_k));
    const double slope = (next_residual - residual) / (line.position(next_k) - line.position(k));
    if (slope > 0 && std::isfinite(slope)) search.slope = slope;
    k = next_k;
    residual = next_residual;
  }
}

}  // namespace vqi::detail
