// Interpolates curves and integrates their difference.
#include "rate_difference.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace vqi::bench {
namespace {

/// ln(bytes) as a function of quality: straight lines between the points, sorted by quality.
class RateCurve {
 public:
  explicit RateCurve(std::span<const RatedQuality> points) : points_(points.begin(), points.end()) {
    std::sort(points_.begin(), points_.end(), [](const RatedQuality& a, const RatedQuality& b) {
      return std::pair(a.quality, a.bytes) < std::pair(b.quality, b.bytes);
    });
    const auto same = [](const RatedQuality& a, const RatedQuality& b) { return a.quality == b.quality; };
    points_.erase(std::unique(points_.begin(), points_.end(), same), points_.end());
  }
  [[nodiscard]] std::size_t size() const { return points_.size(); }
  [[nodiscard]] double least() const { return points_.front().quality; }
  [[nodiscard]] double most() const { return points_.back().quality; }
  [[nodiscard]] double log_rate(double quality) const {
    std::size_t i = 1;
    while (i + 1 < points_.size() && points_[i].quality < quality) ++i;
    const RatedQuality& low = points_[i - 1];
    const RatedQuality& high = points_[i];
    const double part = (quality - low.quality) / (high.quality - low.quality);
    return (1 - part) * std::log(low.bytes) + part * std::log(high.bytes);
  }

 private:
  std::vector<RatedQuality> points_;
};

}  // namespace

std::optional<double> mean_rate_difference(std::span<const RatedQuality> reference,
                                           std::span<const RatedQuality> other) {
  const RateCurve first(reference);
  const RateCurve second(other);
  if (first.size() < 2 || second.size() < 2) return std::nullopt;
  const double low = std::max(first.least(), second.least());
  const double high = std::min(first.most(), second.most());
  if (low >= high) return std::nullopt;
  constexpr int steps = 1000;  // of the midpoint rule
  double sum = 0;
  for (int i = 0; i < steps; ++i) {
    const double quality = low + (high - low) * (i + 0.5) / steps;
    sum += second.log_rate(quality) - first.log_rate(quality);
  }
  return std::exp(sum / steps) - 1;
}

}  // namespace vqi::bench
