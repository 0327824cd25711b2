// The M-step of EM: a mixture's next parameters from the moments of the E-step, no variance below the floor.
#pragma once

#include <cstddef>
#include <vector>

#include "cluster_detail.hpp"
#include "expectation.hpp"
#include "point_statistics.hpp"
#include "vqi/cluster.hpp"

namespace vqi::cluster::detail {

/// The least variance that a component may have in any direction. Without a floor, a component on a single point would
/// drive the likelihood to infinity (PRML section 9.2.1).
struct VarianceFloor {
  std::vector<double> of_dimension;  ///< (d), all above 0
  double spherical = 0;              ///< the mean of of_dimension

  /// `relative` times the data's variance in each dimension.
  VarianceFloor(const PointStatistics& statistics, double relative);
};

/// What an M-step returns.
struct Maximised {
  Mixture mixture;
  std::vector<std::size_t> collapsed;  ///< components at the floor, or with almost no weight; if tied, the latter alone
};

/// The parameters of PRML 9.24 to 9.26. A covariance that would fall below the floor is replaced by the likeliest one
/// that does not, so that the likelihood never falls. Cost: O(k d), with full matrices O(k d^3).
[[nodiscard]] Maximised maximise(const Mixture& mixture, const ComponentMoments& moments, double total_weight,
                                 const VarianceFloor& floor, WorkPulse pulse = {});

}  // namespace vqi::cluster::detail
