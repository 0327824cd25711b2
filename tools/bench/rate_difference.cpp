// Interpolates curves and integrates their difference.
#include "rate_difference.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace vqi::bench {
namespace {

/// ln(bytes) as a function of PSNR: straight lines between the points, sorted by PSNR.
class RateCurve {
 public:
  explicit RateCurve(std::span<const RatedPsnr> points) : points_(points.begin(), points.end()) {
    std::sort(points_.begin(), points_.end(),
              [](const RatedPsnr& a, const RatedPsnr& b) { return a.psnr_db < b.psnr_db; });
  }
  [[nodiscard]] double least_db() const { return points_.front().psnr_db; }
  [[nodiscard]] double most_db() const { return points_.back().psnr_db; }
  [[nodiscard]] double log_rate(double psnr_db) const {
    std::size_t i = 1;
    while (i + 1 < points_.size() && points_[i].psnr_db < psnr_db) ++i;
    const RatedPsnr& low = points_[i - 1];
    const RatedPsnr& high = points_[i];
    const double part = (psnr_db - low.psnr_db) / (high.psnr_db - low.psnr_db);
    return (1 - part) * std::log(low.bytes) + part * std::log(high.bytes);
  }

 private:
  std::vector<RatedPsnr> points_;
};

}  // namespace

std::optional<double> mean_rate_difference(std::span<const RatedPsnr> reference, std::span<const RatedPsnr> other) {
  if (reference.size() < 2 || other.size() < 2) return std::nullopt;
  const RateCurve first(reference);
  const RateCurve second(other);
  const double low = std::max(first.least_db(), second.least_db());
  const double high = std::min(first.most_db(), second.most_db());
  if (low >= high) return std::nullopt;
  constexpr int steps = 1000;  // of the midpoint rule
  double sum = 0;
  for (int i = 0; i < steps; ++i) {
    const double psnr_db = low + (high - low) * (i + 0.5) / steps;
    sum += second.log_rate(psnr_db) - first.log_rate(psnr_db);
  }
  return std::exp(sum / steps) - 1;
}

}  // namespace vqi::bench
