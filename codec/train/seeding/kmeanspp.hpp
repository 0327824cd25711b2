// k-means++ seeding: each next codeword is a vector drawn with probability proportional to w D^2.
#pragma once

#include <cstddef>
#include <cstdint>

#include "codeword_table.hpp"
#include "vector_set.hpp"
#include "work.hpp"

namespace vqi::detail {

/// k codewords at pairwise distinct vectors of the set, chosen one after the other: the first with
/// probability proportional to its weight, each next to w D^2, D its distance to the nearest one
/// chosen so far (Arthur and Vassilvitskii, "k-means++: the advantages of careful seeding", SODA
/// 2007). The set has at least k distinct vectors. Sums are exact integers, so the choice depends
/// on the vectors and the seed alone. Cost: O(n k d) at the most; in few dimensions bounding boxes
/// skip most of it.
[[nodiscard]] FixedCodewords seed_kmeanspp(const VectorSet& vectors, std::size_t k, std::uint64_t seed,
                                           const Work& work);

}  // namespace vqi::detail
