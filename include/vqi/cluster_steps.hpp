// One step of each clustering method, as histories list them.
#pragma once

#include <cstdint>

namespace vqi::cluster {

/// One of Lloyd's steps.
struct KmeansStep {
  double objective = 0;              ///< sum w |x - mu|^2 before the means move; with lambda, the rate included
  std::uint64_t changed_points = 0;  ///< to another cell
  std::uint32_t repaired_cells = 0;  ///< empty cells that were given the point served worst
};

/// One step of expectation maximisation.
struct EmStep {
  double log_likelihood = 0;    ///< sum w ln p(x) before the step (PRML 9.28); falls only after a restart
  double distortion = 0;        ///< sum w r |x - mu|^2 / total weight before the step: that of the soft assignment
  std::uint32_t restarted = 0;  ///< collapsed components that the step began anew
};

/// The steps of annealing at one eps.
struct AnnealStep {
  double eps = 0;           ///< the variance of every component, in each direction
  double distortion = 0;    ///< sum w r |x - mu|^2 / total weight: that of the soft assignment
  std::uint32_t steps = 0;  ///< EM steps taken at this eps
};

}  // namespace vqi::cluster
