// k-means over a training set: first codebook, search on a coarse set, Lloyd's steps on all vectors.
#pragma once

#include <cstdint>

#include "codeword_table.hpp"
#include "effort.hpp"
#include "lloyd.hpp"
#include "search_grounds.hpp"
#include "vqi/options.hpp"
#include "work.hpp"

namespace vqi::detail {

/// A coarse set smaller than this many vectors per codeword would blur the codebook.
inline constexpr std::size_t coarse_vectors_per_codeword = 16;

struct KmeansOptions {
  std::uint32_t k = 1;
  std::uint32_t sample_count = 1;  ///< what the reported distortion is a mean over, as in lloyd()
  bool morton_order = false;       ///< neighbours in the set are near in space, so it can be made coarse
  bool every_step = false;         ///< none of the plan's steps on all vectors is left out, or done by cubes
  Seeding seeding = Seeding::split;
  std::uint64_t seed = 1;
  EffortPlan plan;
};

/// True if such codebooks are finished on the grounds' cubes (SearchGrounds::by_cubes): these are there and many
/// enough, and the plan has few steps on all vectors, which otherwise are better listed one by one.
[[nodiscard]] bool finished_on_cubes(const SearchGrounds& grounds, const KmeansOptions& options);

struct KmeansResult {
  FixedCodewords codewords;  ///< k of them
  LloydResult lloyd;         ///< of the last steps, whose distortions are those of all vectors
};

/// All vectors of `grounds` are more than k different ones.
[[nodiscard]] KmeansResult kmeans(const SearchGrounds& grounds, const KmeansOptions& options, const Work& work);

}  // namespace vqi::detail
