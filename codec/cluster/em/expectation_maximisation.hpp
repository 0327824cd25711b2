// EM for mixtures of Gaussians: E-step and M-step in turn, with a new start for components that collapse.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "cluster_detail.hpp"
#include "point_tiles.hpp"
#include "vqi/cluster.hpp"
#include "work.hpp"

namespace vqi::cluster::detail {

/// Does what em() in vqi/cluster.hpp says, from `start`, except the assignment. Does not read `options.k`,
/// `options.start` and `options.seed`. Throws Error{cancelled}.
[[nodiscard]] EmResult maximise_likelihood(const PointTiles& points, const Mixture& start, const EmOptions& options,
                                           const Work& work);

/// A mixture with a component for each of k cells: the weight, mean and covariance of the cell's points, no variance
/// below the floor of the options. `assignment` holds a number below k for each point. `means`, (k, d), has the means
/// that empty cells keep.
[[nodiscard]] Mixture mixture_of_cells(const PointTiles& points, std::span<const std::uint32_t> assignment,
                                       std::span<const double> means, const EmOptions& options, const ThreadPool& pool);

}  // namespace vqi::cluster::detail
