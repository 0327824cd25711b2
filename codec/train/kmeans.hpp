// The k-means of training: first codebook, search on coarse levels of the dataset, Lloyd's steps on all vectors.
//
// It computes with integers, exactly. k-means of any (n, d) numbers, in doubles, is in codec/cluster/kmeans.
#pragma once

#include <cstddef>
#include <cstdint>

#include "codeword_table.hpp"
#include "dataset.hpp"
#include "effort.hpp"
#include "lloyd.hpp"
#include "vqi/options.hpp"
#include "work.hpp"

namespace vqi::detail {

/// A coarse set with fewer vectors per codeword would blur the codebook.
inline constexpr std::size_t coarse_vectors_per_codeword = 16;

/// What the caller asks of k-means.
struct KmeansSettings {
  std::uint32_t k = 1;
  bool every_step = false;  ///< take all steps of the plan on all vectors, even if they gain little
  Seeding seeding = Seeding::split;
  std::uint64_t seed = 1;
  EffortPlan plan;
  FixedCodewords fixed{};  ///< the first codewords, which stay as they are; fewer than k
};

/// A codebook and the Lloyd's steps that ended its training.
struct LearnedCodebook {
  FixedCodewords codewords;  ///< k of them
  LloydResult lloyd;         ///< the last steps; distortions are those of all vectors
};

/// Learns k codewords. The dataset has more than k training vectors. Throws Error{cancelled}.
[[nodiscard]] LearnedCodebook learn_by_kmeans(const Dataset& dataset, const KmeansSettings& settings, const Work& work);

}  // namespace vqi::detail
