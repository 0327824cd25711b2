// How vqi is run against its peers: the options of each contender, and one timed run of it.
#pragma once

#include <cstdint>

#include "interleaved.hpp"
#include "vqi/codec.hpp"

namespace vqi::bench {

/// The effort that EncodeOptions has when nobody chooses one.
inline constexpr std::uint32_t default_effort = 5;

/// vqi as its users run it.
[[nodiscard]] EncodeOptions effort_options(std::uint32_t k, std::uint32_t effort);

/// The yardstick of a codebook's quality: exact Lloyd's steps to convergence from k-means++ centres.
[[nodiscard]] EncodeOptions converged_kmeanspp_options(std::uint32_t k, std::uint64_t seed);

/// Encodes `image`, and tells what it took from samples in memory to codebook and index map, which
/// is what the peers do too.
struct TimedEncode {
  Encoded encoded;
  Elapsed codebook_and_map;
};
[[nodiscard]] TimedEncode timed_encode(const ImageView& image, const EncodeOptions& options, std::uint32_t threads);

/// What `encode` takes to codebook and index map; it is stopped there, nothing is written or measured.
[[nodiscard]] Elapsed time_codebook_and_map(const ImageView& image, const EncodeOptions& options,
                                            std::uint32_t threads);

}  // namespace vqi::bench
