// The M-step: a mixture's next parameters from the moments of an E-step, held above the variance floor.
#pragma once

#include <cstddef>
#include <vector>

#include "moments.hpp"
#include "point_statistics.hpp"
#include "vqi/cluster.hpp"

namespace vqi::cluster::detail {

/// No component may be narrower than this in any direction: otherwise one that sits on a single point would drive the
/// likelihood to infinity (PRML section 9.2.1).
struct VarianceFloor {
  std::vector<double> of_dimension;  ///< (d), all above 0
  double spherical = 0;              ///< their mean

  /// `relative` of the data's variance in each dimension.
  VarianceFloor(const PointStatistics& statistics, double relative);
};

struct Maximised {
  Mixture mixture;
  std::vector<std::size_t> collapsed;  ///< components at the floor, or with next to no weight
};

/// PRML 9.24 to 9.26. Where a covariance would fall below the floor, the likeliest one that does not is taken, so that
/// the likelihood does not fall all the same.
[[nodiscard]] Maximised maximise(const Mixture& mixture, const Moments& moments, double total_weight,
                                 const VarianceFloor& floor);

}  // namespace vqi::cluster::detail
