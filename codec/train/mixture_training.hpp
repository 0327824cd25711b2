// Codebooks by mixtures of Gaussians: EM from a codebook of k-means, and annealing.
#pragma once

#include <cstdint>
#include <vector>

#include "codeword_table.hpp"
#include "dataset.hpp"
#include "lloyd.hpp"
#include "vqi/options.hpp"
#include "vqi/report.hpp"
#include "work.hpp"

namespace vqi::detail {

struct FittedMixture {
  FixedCodewords codewords;  ///< its means
  std::uint32_t iterations = 0;
  bool converged = false;
  MixtureReport report;
};

/// EM on all points from the cells of `start`. A point is its samples, without the class of TrainingSpace.
/// Throws Error{invalid_option} where the covariances would be too many numbers, and Error{cancelled}.
[[nodiscard]] FittedMixture fit_mixture(const Dataset& dataset, const FixedCodewords& start,
                                        const EncodeOptions& options, const Work& work);

struct AnnealedCodebook {
  FixedCodewords codewords;
  LloydResult lloyd;
  std::vector<cluster::AnnealStep> annealing;
};

/// Annealing, on the means of small colour cubes where they are many enough, and Lloyd's steps on all points behind it.
[[nodiscard]] AnnealedCodebook learn_by_annealing(const Dataset& dataset, const EncodeOptions& options,
                                                  const Work& work);

}  // namespace vqi::detail
