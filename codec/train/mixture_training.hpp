// Learning codebooks as the means of Gaussian mixtures: by EM from a codebook of k-means, or by annealing.
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

/// The mixture that EM found.
struct FittedMixture {
  FixedCodewords codewords;  ///< the means
  std::uint32_t iterations = 0;
  bool converged = false;
  MixtureReport report;
};

/// Runs EM on all training vectors, from the cells of the codebook `start`. Throws Error{invalid_option} if the
/// covariances would be too many numbers, and Error{cancelled}.
[[nodiscard]] FittedMixture fit_mixture(const Dataset& dataset, const FixedCodewords& start,
                                        const EncodeOptions& options, const Work& work);

/// A codebook that annealing found.
struct AnnealedCodebook {
  FixedCodewords codewords;
  LloydResult lloyd;
  std::vector<cluster::AnnealStep> annealing;
};

/// Anneals, on the means of small cubes if they are many enough, then takes Lloyd's steps on all vectors. Throws
/// Error{cancelled}.
[[nodiscard]] AnnealedCodebook learn_by_annealing(const Dataset& dataset, const EncodeOptions& options,
                                                  const Work& work);

}  // namespace vqi::detail
