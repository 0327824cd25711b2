// How much distinct vectors count in learning where that is not how often they occur.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "block_grid.hpp"
#include "distinct_vectors.hpp"
#include "vqi/image.hpp"
#include "work.hpp"

namespace vqi::detail {

/// Sums as counts: as they are if all together are below 2^32, else in proportion to them, each at least 1. There is at
/// least one, above 0.
[[nodiscard]] std::vector<std::uint32_t> counts_of(std::span<const std::uint64_t> sums);

/// For each distinct vector the sum of `mask` over the pixels of its blocks that lie in the image, times a factor that
/// brings the sum of all near to 2^32; at least 1, so that black counts as good as nothing. `mask` is grey, of the
/// image's size. Throws Error{invalid_option} if it is black everywhere. Takes 4 bytes for each vector of the image,
/// besides the result.
[[nodiscard]] std::vector<std::uint32_t> counts_by_mask(const DistinctVectors& distinct, const BlockGrid& grid,
                                                        const Image& mask, const Work& work);

}  // namespace vqi::detail
