// The data's range along each axis, and points drawn evenly within these ranges.
#include "reference_box.hpp"

#include <algorithm>

#include "point_statistics.hpp"
#include "symmetric_matrix.hpp"
#include "uniform_number.hpp"

namespace vqi::cluster::detail {

ReferenceBox::ReferenceBox(const PointTiles& points, GapBox box, const ThreadPool& pool) : points_(points) {
  const std::uint32_t d = points.dimension();
  WorkPulse pulse(pool);
  if (box == GapBox::principal) {
    const PointStatistics statistics = point_statistics(points, pool);
    axes_ = symmetric_eigen(point_covariance(points, statistics.mean, pool), d, pulse).vectors;
  }
  std::vector<double> x(d);
  for (std::size_t n = 0; n < points.size(); ++n) {
    pulse.add(std::uint64_t{d} * d);
    if (!(points.weight(n) > 0)) continue;
    points.read(n, x);
    const bool first = low_.empty();
    if (first) {
      low_.resize(d);
      high_.resize(d);
    }
    for (std::uint32_t i = 0; i < d; ++i) {
      double along = axes_.empty() ? x[i] : 0;
      for (std::uint32_t j = 0; j < d && !axes_.empty(); ++j) along += axes_[i * d + j] * x[j];
      low_[i] = first ? along : std::min(low_[i], along);
      high_[i] = first ? along : std::max(high_[i], along);
    }
  }
}

PointTiles ReferenceBox::draw(Random& random, WorkPulse pulse) const {
  const std::uint32_t d = points_.dimension();
  PointTiles drawn(d, points_.size());
  std::vector<double> along(d);
  std::vector<double> x(d);
  for (std::size_t n = 0; n < points_.size(); ++n) {
    pulse.add((std::uint64_t{4} + d) * d);
    for (std::uint32_t i = 0; i < d; ++i) along[i] = low_[i] + (high_[i] - low_[i]) * uniform_number(random);
    for (std::uint32_t j = 0; j < d; ++j) {
      x[j] = axes_.empty() ? along[j] : 0;
      for (std::uint32_t i = 0; i < d && !axes_.empty(); ++i) x[j] += axes_[i * d + j] * along[i];
    }
    drawn.append(x, points_.weight(n));
  }
  return drawn;
}

}  // namespace vqi::cluster::detail
