// vqi as a contender of the benchmarks: its encode options, and timed runs.
#pragma once

#include <cstdint>

#include "interleaved_runs.hpp"
#include "vqi/codec.hpp"

namespace vqi::bench {

/// The default of EncodeOptions::effort.
inline constexpr std::uint32_t default_effort = 5;

/// Options as users give them: K and effort, all else by default.
[[nodiscard]] EncodeOptions effort_options(std::uint32_t k, std::uint32_t effort);

/// Options of the reference for a codebook's quality: exact Lloyd's steps from k-means++ centres until convergence.
[[nodiscard]] EncodeOptions converged_kmeanspp_options(std::uint32_t k, std::uint64_t seed);

struct TimedEncode {
  Encoded encoded;
  Elapsed codebook_and_map;  ///< time from samples in memory to codebook and index map, as the peers are timed
};
/// Encodes `image` and times it.
[[nodiscard]] TimedEncode timed_encode(const ImageView& image, const EncodeOptions& options, std::uint32_t threads);

/// The time that `encode` takes until codebook and index map exist; there it is cancelled.
[[nodiscard]] Elapsed time_codebook_and_map(const ImageView& image, const EncodeOptions& options,
                                            std::uint32_t threads);

}  // namespace vqi::bench
