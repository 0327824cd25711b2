// CellMoments: the cuts after changes are the cuts of moments summed anew.
#include "cell_moments.hpp"

#include <catch2/catch.hpp>

#include "test_work.hpp"
#include "vector_sets.hpp"

using vqi::detail::CellMoments;
using vqi::detail::CellSplit;
using vqi::detail::CellSums;
using vqi::detail::VectorSet;
using vqi::test::make_vectors;

namespace {

using Indices = std::vector<std::uint16_t>;

Indices random_indices(const VectorSet& set, std::size_t k, std::uint64_t seed) {
  Indices indices(set.block_count() * vqi::detail::block_vectors);
  vqi::detail::Random random(seed);
  for (std::size_t n = 0; n < set.size(); ++n) indices[n] = static_cast<std::uint16_t>(random.below(k));
  return indices;
}

CellSums sums_of(const VectorSet& set, std::size_t k, const Indices& indices) {
  const vqi::test::TestWork work;
  CellSums sums(set, k);
  sums.compute(indices, work.pool);
  return sums;
}

bool same_split(const CellSplit& first, const CellSplit& second) {
  return first.gain == second.gain && first.first == second.first && first.second == second.second;
}

}  // namespace

TEST_CASE("a cell's cut follows from its own weight, sum and products") {
  for (const std::int32_t bound : {128, 32768})
    for (const std::uint32_t dimension : {1U, 3U, 6U}) {
      const VectorSet set = make_vectors(dimension, bound, 200).set();
      const Indices indices = random_indices(set, 3, 1);
      const CellSums sums = sums_of(set, 4, indices);
      const CellMoments moments(set, 4, indices);
      for (std::size_t k = 0; k < 4; ++k) {
        std::vector<vqi::detail::int128> products(std::size_t{dimension} * (dimension + 1) / 2);
        for (std::size_t n = 0; n < set.size(); ++n) {
          if (indices[n] != k) continue;
          std::size_t at = 0;
          for (std::uint32_t i = 0; i < dimension; ++i)
            for (std::uint32_t j = 0; j <= i; ++j)
              products[at++] += vqi::detail::int128{set.scaled(n, i)} * set.scaled(n, j) * set.weights()[n];
        }
        CHECK(same_split(moments.split(k, sums), vqi::detail::split_by_moments(sums.weight(k), sums.sum(k), products)));
      }
      CHECK(moments.split(0, sums).gain > 0);
      CHECK(moments.split(3, sums).gain == 0);  // empty
    }
}

TEST_CASE("after vectors have moved, cuts are exactly those of cells made anew") {
  const VectorSet set = make_vectors(3, 128, 300).set();
  Indices indices = random_indices(set, 5, 1);
  CellMoments moments(set, 5, indices);
  for (const std::uint64_t seed : {2U, 3U, 4U}) {
    const Indices next = random_indices(set, 5, seed);
    std::vector<vqi::detail::CellChange> changes;
    for (std::uint32_t n = 0; n < set.size(); ++n)
      if (indices[n] != next[n]) changes.push_back({n, indices[n]});
    moments.apply(changes, next);
    indices = next;
    const CellSums sums = sums_of(set, 5, indices);
    const CellMoments anew(set, 5, indices);
    for (std::size_t k = 0; k < 5; ++k) CHECK(same_split(moments.split(k, sums), anew.split(k, sums)));
  }
}
