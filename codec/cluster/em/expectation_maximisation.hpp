// EM for mixtures of Gaussians: E-steps and M-steps in turn, collapsed components begun anew.
#pragma once

#include <cstdint>
#include <vector>

#include "cluster_detail.hpp"
#include "point_tiles.hpp"
#include "vqi/cluster.hpp"
#include "work.hpp"

namespace vqi::cluster::detail {

/// As em() in vqi/cluster.hpp, from `start`, and without the assignment; of `options` k, start and run are not looked
/// at.
[[nodiscard]] EmResult maximise_likelihood(const PointTiles& points, const Mixture& start, const EmOptions& options,
                                           const Work& work);

/// The mixture of the cells that points are assigned to: their means, weights and covariances, none below the floor of
/// the options. Cells are numbered below k; an empty one takes the place `means` has for it. `means` is (k, d).
[[nodiscard]] Mixture mixture_of_cells(const PointTiles& points, std::span<const std::uint32_t> assignment,
                                       std::span<const double> means, const EmOptions& options, const ThreadPool& pool);

}  // namespace vqi::cluster::detail
