// train(): from a dataset to the stored codebook and the index of each distinct vector.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "dataset.hpp"
#include "lloyd.hpp"
#include "sample_array.hpp"
#include "vqi/options.hpp"
#include "vqi/report.hpp"
#include "work.hpp"

namespace vqi::detail {

/// What training found, and how.
struct TrainedCodebook {
  SampleArray codewords;                ///< min(options.k, distinct vectors), pairwise distinct
  std::vector<std::uint16_t> index_of;  ///< for each distinct vector: its nearest codeword
  std::uint64_t trained_vectors = 0;    ///< number of training vectors
  LloydResult lloyd;
  TrainingAlgorithm algorithm = TrainingAlgorithm::exact;
  std::optional<Seeding> seeding;  ///< that k-means began with; none where k-means did not run
  std::optional<MixtureReport> mixture;
  std::vector<cluster::AnnealStep> annealing;
};

/// If the distinct vectors fit into K they become the codebook as they are. Otherwise the codebook is learned by the
/// method of the options, rounded and repaired. Earlier training on `dataset` changes only the time, not the result.
/// `options` have a `k`; `work.pool` is that of the dataset. Throws Error{invalid_option, cancelled}.
[[nodiscard]] TrainedCodebook train(const Dataset& dataset, const EncodeOptions& options, const Work& work);

}  // namespace vqi::detail
