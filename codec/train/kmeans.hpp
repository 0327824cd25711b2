// The k-means of training: first codebook, search on a coarse level of the dataset, Lloyd's steps on all vectors. It is
// exact on integers; k-means of any (n, d) numbers, in doubles, is in codec/cluster/kmeans.
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

/// A coarse set smaller than this many vectors per codeword would blur the codebook.
inline constexpr std::size_t coarse_vectors_per_codeword = 16;

struct KmeansSettings {
  std::uint32_t k = 1;
  bool every_step = false;  ///< the plan's steps on all vectors are all taken; else some that gain little are left out
  Seeding seeding = Seeding::split;
  std::uint64_t seed = 1;
  EffortPlan plan;
};

struct LearnedCodebook {
  FixedCodewords codewords;  ///< k of them
  LloydResult lloyd;         ///< of the last steps, whose distortions are those of all vectors
};

/// The dataset has more than k vectors. Throws Error{cancelled}.
[[nodiscard]] LearnedCodebook learn_by_kmeans(const Dataset& dataset, const KmeansSettings& settings, const Work& work);

}  // namespace vqi::detail
