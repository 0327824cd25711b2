// k-means++ on weighted points of doubles. On an image's vectors, in exact integers: train/seeding/kmeanspp.hpp.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "cluster_detail.hpp"
#include "point_tiles.hpp"

namespace vqi::cluster::detail {

/// Draws first means one by one, each at a point: a point is drawn with probability proportional to w D^2, D being its
/// distance to the nearest mean so far (Arthur and Vassilvitskii, SODA 2007). A few points are drawn for each mean, and
/// the one that lowers the objective most is taken.
class PointKmeanspp {
 public:
  /// Borrows the points, of which at least one has a weight above 0. take() and draw() throw what `pulse` throws.
  explicit PointKmeanspp(const PointTiles& points, WorkPulse pulse = {}) : points_(points), pulse_(pulse) {}

  /// Forgets the means.
  void clear();
  /// Adds given means, (m, d).
  void take(std::span<const double> means);
  /// Adds a mean at a drawn point; if all points lie on means already, a copy of one. Cost: O(n d log k) for mean k.
  void draw(Random& random);

  [[nodiscard]] const std::vector<double>& means() const noexcept { return means_; }

 private:
  /// One point, drawn by w D^2, or by w if there is no mean or all points lie on means.
  [[nodiscard]] std::size_t drawn_point(Random& random) const;
  /// Fills `distances_sq` with the D^2 of all points if `mean` were added; returns their objective, sum w D^2.
  double with_mean(std::span<const double> mean, std::vector<double>& distances_sq);

  const PointTiles& points_;
  WorkPulse pulse_;
  std::vector<double> means_;
  std::vector<double> distances_sq_;  // D^2 of each point, as long as all tiles; empty if there is no mean
  double objective_ = 0;
};

}  // namespace vqi::cluster::detail
