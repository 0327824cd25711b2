// k-means++ on weighted points of doubles.
#pragma once

#include <vector>

#include "cluster_detail.hpp"
#include "point_tiles.hpp"

namespace vqi::cluster::detail {

/// Draws means one by one, each a point with probability proportional to w D^2, D its distance to the nearest mean so
/// far (Arthur and Vassilvitskii, SODA 2007); of a few draws the one that lowers the objective most counts.
class PointSeeding {
 public:
  /// Borrows the points; some weight is above 0.
  explicit PointSeeding(const PointTiles& points) : points_(points) {}

  /// Forgets the means.
  void clear();
  /// Takes (m, d) means as they are.
  void take(std::span<const double> means);
  /// Adds a mean at a drawn point. Where all points lie on means it is a copy of one.
  void draw(Random& random);

  [[nodiscard]] const std::vector<double>& means() const noexcept { return means_; }

 private:
  [[nodiscard]] std::size_t drawn_point(Random& random) const;
  /// The distances with one mean more, and their objective.
  double with_mean(std::span<const double> mean, std::vector<double>& distances_sq) const;

  const PointTiles& points_;
  std::vector<double> means_;
  std::vector<double> distances_sq_;  // whole tiles; empty where there is no mean
  double objective_ = 0;
};

}  // namespace vqi::cluster::detail
