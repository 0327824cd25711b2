// Vector sets and codewords that tests of search and training make themselves.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "codeword_table.hpp"
#include "random.hpp"
#include "vector_set.hpp"

namespace vqi::test {
using namespace detail;

/// Coordinates without fraction, row after row, with the weight of each row.
struct MadeVectors {
  std::uint32_t dimension = 1;
  std::int32_t bound = 128;  ///< of every coordinate
  std::vector<std::int32_t> coordinates;
  std::vector<std::uint32_t> weights;

  [[nodiscard]] std::size_t size() const { return weights.size(); }
  [[nodiscard]] std::int32_t at(std::size_t n, std::size_t i) const { return coordinates[n * dimension + i]; }
  [[nodiscard]] VectorSet set() const {
    const std::vector<std::int32_t> bounds(dimension, bound);
    VectorSet made(FixedPoint(bounds), size());
    std::vector<std::int32_t> scaled(dimension);
    for (std::size_t n = 0; n < size(); ++n) {
      for (std::uint32_t i = 0; i < dimension; ++i) scaled[i] = at(n, i) * (1 << made.fixed_point().fraction_bits());
      made.append(scaled, weights[n]);
    }
    made.finish();
    return made;
  }
};

/// Vectors of coordinates from -bound to bound - 1, with weights from 1 to 9; `values` different coordinates at most.
inline MadeVectors make_vectors(std::uint32_t dimension, std::int32_t bound, std::size_t count,
                                std::uint64_t values = ~std::uint64_t{0}, std::uint64_t seed = 1) {
  MadeVectors made{dimension, bound, {}, {}};
  Random random(seed + dimension);
  const std::uint64_t range = std::min<std::uint64_t>(values, 2 * static_cast<std::uint64_t>(bound));
  for (std::size_t n = 0; n < count; ++n) {
    for (std::uint32_t i = 0; i < dimension; ++i)
      made.coordinates.push_back(
          static_cast<std::int32_t>(random.below(range) * 2 * static_cast<std::uint64_t>(bound) / range) - bound);
    made.weights.push_back(static_cast<std::uint32_t>(1 + random.below(9)));
  }
  return made;
}

/// k codewords at random places within the bounds, fractions included.
inline FixedCodewords make_codewords(const VectorSet& set, std::int32_t bound, std::size_t k, std::uint64_t seed = 2) {
  FixedCodewords codewords{set.dimension(), {}};
  Random random(seed);
  const std::int64_t unit = std::int64_t{1} << set.fixed_point().fraction_bits();
  for (std::size_t i = 0; i < k * set.dimension(); ++i)
    codewords.scaled.push_back(static_cast<std::int32_t>(
        static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(2 * bound * unit))) - bound * unit));
  return codewords;
}

/// 2^2F |x - c|^2 of vector n and codeword k.
inline std::uint64_t distance_sq_of(const VectorSet& set, std::size_t n, const FixedCodewords& codewords,
                                    std::size_t k) {
  std::uint64_t sum = 0;
  for (std::uint32_t i = 0; i < set.dimension(); ++i) {
    const std::int64_t delta = std::int64_t{set.scaled(n, i)} - codewords.row(k)[i];
    sum += static_cast<std::uint64_t>(delta * delta);
  }
  return sum;
}

/// The nearest codeword of vector n, the lowest index if several are equally near, found by trying all.
inline std::uint16_t nearest_by_trying(const VectorSet& set, std::size_t n, const FixedCodewords& codewords) {
  std::size_t nearest = 0;
  for (std::size_t k = 1; k < codewords.size(); ++k)
    if (distance_sq_of(set, n, codewords, k) < distance_sq_of(set, n, codewords, nearest)) nearest = k;
  return static_cast<std::uint16_t>(nearest);
}

/// The nearest codeword of every vector, and 0 for what pads the last block.
inline std::vector<std::uint16_t> assign_by_trying(const VectorSet& set, const FixedCodewords& codewords) {
  std::vector<std::uint16_t> indices(set.block_count() * block_vectors);
  for (std::size_t n = 0; n < set.size(); ++n) indices[n] = nearest_by_trying(set, n, codewords);
  return indices;
}

/// 2^2F J: the sum of w |x - c|^2 over all vectors and the codewords that `indices` gives them.
inline uint128 objective_by_trying(const VectorSet& set, const FixedCodewords& codewords,
                                   std::span<const std::uint16_t> indices) {
  uint128 sum = 0;
  for (std::size_t n = 0; n < set.size(); ++n)
    sum += uint128{distance_sq_of(set, n, codewords, indices[n])} * set.weights()[n];
  return sum;
}

}  // namespace vqi::test
