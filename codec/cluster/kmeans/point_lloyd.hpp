// Lloyd's steps on weighted points with coordinates of type double; ECVQ's steps if lambda is given. Those on an
// image's vectors, in exact integers, are in train/refine/lloyd.hpp.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "hard_assignment.hpp"
#include "vqi/cluster.hpp"
#include "work.hpp"

namespace vqi::cluster::detail {

struct PointLloydOptions {
  std::uint32_t max_iterations = 300;
  double lambda = 0;          ///< as in KmeansOptions
  std::vector<double> start;  ///< (k, d): the first means
  double tolerance = 0;       ///< as in KmeansOptions
};

/// Assigns the points and moves each mean to the mean of its cell, in turn, until no point changes its cell, the means
/// have settled by the tolerance, or max_iterations are done. The objective, with lambda times the rate, never rises.
/// With lambda an empty cell stays empty; without, its mean moves to the point with the largest w |x - mu|^2. Cost:
/// O(n k d) a step. Throws Error{cancelled}.
[[nodiscard]] KmeansResult point_lloyd(const PointTiles& points, const PointLloydOptions& options, const Work& work);

}  // namespace vqi::cluster::detail
