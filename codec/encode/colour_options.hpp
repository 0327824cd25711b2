// The options about colours: given and fixed codewords, weights, space. What of them an image allows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "distinct_vectors.hpp"
#include "vqi/image.hpp"
#include "vqi/options.hpp"
#include "work.hpp"

namespace vqi::detail {

/// Throws Error{invalid_option} unless the options about colours fit the image and each other. Sets block and k of a
/// given codebook, and leaves out codewords that it has twice.
void check_colours(const ImageView& image, EncodeOptions& options);

/// Throws Error{invalid_option} if the options give codewords, so that `chooser` ("a target") cannot choose their
/// number.
void check_no_given_colours(const EncodeOptions& options, const char* chooser);

/// Whether learning with both options sees the same vectors and counts.
[[nodiscard]] bool share_training_vectors(const EncodeOptions& a, const EncodeOptions& b) noexcept;

/// What learning sees instead of `distinct`, if the options give pixels other weights than 1; else null. The result
/// borrows the samples of `distinct`.
[[nodiscard]] std::unique_ptr<const VectorCounts> weighted_vectors(const DistinctVectors& distinct,
                                                                   const BlockGrid& grid, const EncodeOptions& options,
                                                                   const Work& work);

/// True if `vectors` have a transparent sample and the given `codewords` none, so that it shows. Both have `channels`.
[[nodiscard]] bool lose_transparency(const SampleArray& vectors, const SampleArray& codewords,
                                     std::uint32_t channels) noexcept;

/// The first codewords that a stream must keep in their places.
[[nodiscard]] std::size_t kept_codewords(const EncodeOptions& options) noexcept;

}  // namespace vqi::detail
