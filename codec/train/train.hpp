// train: from an image's distinct vectors to the codebook that is stored and the index of each.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "distinct_vectors.hpp"
#include "key_counts.hpp"
#include "lloyd.hpp"
#include "sample_array.hpp"
#include "training_ground.hpp"
#include "vqi/options.hpp"
#include "vqi/report.hpp"
#include "work.hpp"

namespace vqi::detail {

struct TrainedCodebook {
  SampleArray codewords;                  ///< min(options.k, distinct vectors), pairwise distinct
  std::vector<std::uint16_t> index_of;    ///< of each distinct vector: its nearest codeword; or, in its stead,
  std::optional<KeyIndices> key_indices;  ///< the same for the table of distinct vectors
  std::uint64_t trained_vectors = 0;      ///< weighted vectors that Lloyd's steps ran over
  LloydResult lloyd;
  TrainingAlgorithm algorithm = TrainingAlgorithm::exact;
  std::optional<MixtureReport> mixture;
  std::vector<cluster::AnnealStep> annealing;

  /// Writes the index of every vector of the image's map. `distinct` are those of the training ground.
  void map(const DistinctVectors& distinct, std::span<std::uint16_t> indices, const Work& work) const;
};

/// Distinct vectors that fit into K become the codebook as they are; else k-means. What was trained
/// on `ground` before changes nothing but the time. `pool` is that of the ground.
[[nodiscard]] TrainedCodebook train(const TrainingGround& ground, const EncodeOptions& options, const Work& work);

}  // namespace vqi::detail
