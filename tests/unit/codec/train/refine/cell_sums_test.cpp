// CellSums: exact weights, sums and objective, whatever the threads and however vectors move.
#include "cell_sums.hpp"

#include <catch2/catch.hpp>

#include "test_work.hpp"
#include "vector_sets.hpp"

using vqi::detail::CellSums;
using vqi::detail::FixedCodewords;
using vqi::detail::VectorSet;
using vqi::test::make_vectors;
using vqi::test::TestWork;

namespace {

using Indices = std::vector<std::uint16_t>;

Indices random_indices(const VectorSet& set, std::size_t k, std::uint64_t seed) {
  Indices indices(set.block_count() * vqi::detail::block_vectors);
  vqi::detail::Random random(seed);
  for (std::size_t n = 0; n < set.size(); ++n) indices[n] = static_cast<std::uint16_t>(random.below(k));
  return indices;
}

/// Cells whose weight or sum is not that of a plain loop.
std::size_t wrong_cells(const CellSums& sums, const VectorSet& set, const Indices& indices) {
  std::size_t wrong = 0;
  for (std::size_t k = 0; k < sums.size(); ++k) {
    std::uint64_t weight = 0;
    std::vector<std::int64_t> sum(set.dimension());
    for (std::size_t n = 0; n < set.size(); ++n) {
      if (indices[n] != k) continue;
      weight += set.weights()[n];
      for (std::uint32_t i = 0; i < set.dimension(); ++i) sum[i] += std::int64_t{set.weights()[n]} * set.scaled(n, i);
    }
    if (sums.weight(k) != weight || !std::equal(sum.begin(), sum.end(), sums.sum(k).begin())) ++wrong;
  }
  return wrong;
}

}  // namespace

TEST_CASE("sums over cells are those of a plain loop, on one thread and in parallel, and when computed again") {
  for (const std::int32_t bound : {128, 32768})
    for (const std::uint32_t threads : {1U, 3U}) {
      const VectorSet set = make_vectors(3, bound, 333).set();
      const TestWork work(threads);
      CellSums sums(set, 7);
      for (const std::uint64_t seed : {1U, 2U}) {
        const Indices indices = random_indices(set, 5, seed);  // two cells stay empty
        sums.compute(indices, work.pool);
        CHECK(wrong_cells(sums, set, indices) == 0);
        CHECK(sums.weight(6) == 0);
      }
    }
}

TEST_CASE("vectors that move leave the sums that computing anew gives") {
  const VectorSet set = make_vectors(4, 128, 300).set();
  const TestWork work;
  const Indices before = random_indices(set, 6, 1);
  const Indices after = random_indices(set, 6, 2);
  CellSums sums(set, 6);
  sums.compute(before, work.pool);
  std::vector<vqi::detail::CellChange> changes;
  for (std::uint32_t n = 0; n < set.size(); ++n)
    if (before[n] != after[n]) changes.push_back({n, before[n]});
  sums.apply(changes, after);
  CHECK(wrong_cells(sums, set, after) == 0);
  sums.apply({}, after);
  CHECK(wrong_cells(sums, set, after) == 0);
}

TEST_CASE("the objective is exact, for codewords anywhere") {
  for (const std::int32_t bound : {128, 32768}) {
    const VectorSet set = make_vectors(3, bound, 200).set();
    const TestWork work;
    const FixedCodewords codewords = vqi::test::make_codewords(set, bound, 5);
    const Indices indices = random_indices(set, 4, 3);  // the last cell is empty
    CellSums sums(set, 5);
    sums.compute(indices, work.pool);
    CHECK(sums.objective(codewords) ==
          static_cast<vqi::detail::int128>(vqi::test::objective_by_trying(set, codewords, indices)));
  }
}

TEST_CASE("no multiple of 2^-F serves a cell better than the rounded mean, and empty cells keep their codeword") {
  const VectorSet set = make_vectors(2, 128, 60).set();
  const TestWork work;
  FixedCodewords codewords = vqi::test::make_codewords(set, 128, 4);
  const FixedCodewords before = codewords;
  const Indices indices = random_indices(set, 3, 4);
  CellSums sums(set, 4);
  sums.compute(indices, work.pool);
  sums.move_to_means(codewords);
  CHECK(std::equal(codewords.row(3).begin(), codewords.row(3).end(), before.row(3).begin()));
  const vqi::detail::int128 least = sums.objective(codewords);
  for (std::size_t k = 0; k < 3; ++k)
    for (std::uint32_t i = 0; i < 2; ++i)
      for (const std::int32_t step : {-1, 1}) {
        FixedCodewords moved = codewords;
        moved.row(k)[i] += step;
        CHECK(sums.objective(moved) >= least);
      }
}
