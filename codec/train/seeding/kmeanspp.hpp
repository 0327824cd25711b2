// k-means++: a first codebook of randomly drawn vectors that lie far apart.
#pragma once

#include <cstddef>
#include <cstdint>

#include "codeword_table.hpp"
#include "vector_set.hpp"
#include "work.hpp"

namespace vqi::detail {

/// k codewords at pairwise distinct vectors of the set, drawn one after the other: the first with probability
/// proportional to its weight w, each next one to w D^2, where D is its distance to the nearest codeword so far (D.
/// Arthur and S. Vassilvitskii, "k-means++: the advantages of careful seeding", SODA 2007). The set has at least k
/// distinct vectors. Sums are exact integers, so the result depends on the vectors and the seed alone. Cost at most O(n
/// k d); in few dimensions bounding boxes skip most of it. Throws Error{cancelled}.
[[nodiscard]] FixedCodewords seed_kmeanspp(const VectorSet& vectors, std::size_t k, std::uint64_t seed,
                                           const Work& work);

}  // namespace vqi::detail
