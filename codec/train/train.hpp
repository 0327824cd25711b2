// train: from an image's vectors to the codebook that is stored and the index of each distinct vector.
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

struct TrainedCodebook {
  SampleArray codewords;                ///< min(options.k, distinct vectors), pairwise distinct
  std::vector<std::uint16_t> index_of;  ///< of each distinct vector: its nearest codeword
  std::uint64_t trained_vectors = 0;    ///< weighted vectors that Lloyd's steps ran over
  LloydResult lloyd;
  TrainingAlgorithm algorithm = TrainingAlgorithm::exact;
  std::optional<MixtureReport> mixture;
  std::vector<cluster::AnnealStep> annealing;
};

/// Distinct vectors that fit into K become the codebook as they are; otherwise the codebook is learned by the method
/// that the options name, rounded and repaired. What was trained on `dataset` before changes nothing but the time.
/// `options` have a `k`; `work.pool` is that of the dataset. Throws Error{invalid_option, cancelled}.
[[nodiscard]] TrainedCodebook train(const Dataset& dataset, const EncodeOptions& options, const Work& work);

}  // namespace vqi::detail
