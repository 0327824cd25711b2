// Lloyd's steps on weighted points of doubles, with or without a price on rate.
#pragma once

#include <span>
#include <vector>

#include "hard_assignment.hpp"
#include "vqi/cluster.hpp"
#include "work.hpp"

namespace vqi::cluster::detail {

struct DescentOptions {
  std::uint32_t max_iterations = 300;
  double lambda = 0;          ///< as in KmeansOptions
  std::vector<double> start;  ///< (k, d)
};

/// Steps of assignment and re-centring until nothing moves; never to a higher objective. Without lambda an empty cell
/// is given the point that is served worst.
[[nodiscard]] KmeansResult descend(const PointTiles& points, const DescentOptions& options, const Work& work);

}  // namespace vqi::cluster::detail
