// Empty cells: which they are, whom their codewords go to, and that the next assignment lowers the objective.
#include "empty_cells.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>

#include "test_work.hpp"
#include "vector_sets.hpp"

using vqi::detail::CellSums;
using vqi::detail::FixedCodewords;
using vqi::detail::NearestSearch;
using vqi::detail::VectorSet;
using vqi::test::distance_sq_of;
using vqi::test::make_vectors;
using vqi::test::TestWork;

namespace {

/// Codewords of which every other one is far from all vectors, so that its cell is empty.
struct Start {
  VectorSet set;
  TestWork work;
  NearestSearch search;
  FixedCodewords codewords;
  std::vector<std::uint16_t> indices;
  CellSums sums;

  Start(const vqi::test::MadeVectors& made, std::size_t k)
      : set(made.set()),
        search(set, work.pool),
        codewords(vqi::test::make_codewords(set, made.bound / 4, k)),
        sums(set, k) {
    for (std::size_t c = 1; c < k; c += 2)
      for (std::int32_t& x : codewords.row(c)) x = (made.bound - 1) * (1 << set.fixed_point().fraction_bits());
    indices = vqi::test::assign_by_trying(set, codewords);
    sums.compute(indices, work.pool);
  }
};

vqi::test::MadeVectors low_vectors(std::size_t count, std::uint64_t values = ~std::uint64_t{0}) {
  vqi::test::MadeVectors made = make_vectors(3, 128, count, values);
  for (std::int32_t& x : made.coordinates) x /= 4;
  return made;
}

}  // namespace

TEST_CASE("the cells without a vector are found, in order") {
  const Start start(low_vectors(100), 8);
  const std::vector<std::size_t> empty = vqi::detail::find_empty_cells(start.sums);
  const std::vector<std::size_t> far{3, 5, 7};  // 1 is equal and first: it may serve some
  CHECK(std::includes(empty.begin(), empty.end(), far.begin(), far.end()));
  CHECK(std::is_sorted(empty.begin(), empty.end()));
  for (const std::size_t k : empty)
    CHECK(std::count(start.indices.begin(), start.indices.begin() + 100, static_cast<std::uint16_t>(k)) == 0);
}

TEST_CASE("the worst served vectors are those of the largest w |x - c|^2, as sorting all of them says") {
  const Start start(low_vectors(200), 6);
  std::vector<std::size_t> order(200);
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto cost = [&](std::size_t n) {
    return vqi::detail::uint128{distance_sq_of(start.set, n, start.codewords, start.indices[n])} *
           start.set.weights()[n];
  };
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return cost(a) > cost(b); });
  for (const std::size_t count : {0U, 1U, 7U, 200U}) {
    const std::vector<std::size_t> worst =
        vqi::detail::find_worst_served(start.search, start.set, start.codewords, start.indices, count);
    CHECK(worst.size() == count);
    CHECK(std::equal(worst.begin(), worst.end(), order.begin()));
  }
}

TEST_CASE("vectors on their codewords are served best: none of them is worst") {
  Start start(low_vectors(50), 4);
  for (std::size_t n = 0; n < 4; ++n) start.set.read_scaled(n, start.codewords.row(n));
  start.indices = vqi::test::assign_by_trying(start.set, start.codewords);
  const std::vector<std::size_t> worst =
      vqi::detail::find_worst_served(start.search, start.set, start.codewords, start.indices, 1000);
  CHECK(worst.size() < 50);
  for (const std::size_t n : worst) CHECK(distance_sq_of(start.set, n, start.codewords, start.indices[n]) > 0);
}

TEST_CASE("empty cells are given the worst served vectors, and the objective falls with the next assignment") {
  Start start(low_vectors(200), 8);
  const FixedCodewords before = start.codewords;
  const vqi::detail::uint128 objective = vqi::test::objective_by_trying(start.set, start.codewords, start.indices);
  const std::vector<std::size_t> empty = vqi::detail::find_empty_cells(start.sums);
  const std::vector<std::size_t> worst =
      vqi::detail::find_worst_served(start.search, start.set, start.codewords, start.indices, empty.size());
  CHECK(vqi::detail::repair_empty_cells(start.search, start.set, start.sums, start.indices, start.codewords) ==
        empty.size());
  for (std::size_t i = 0; i < empty.size(); ++i)
    CHECK(distance_sq_of(start.set, worst[i], start.codewords, empty[i]) == 0);
  for (std::size_t k = 0; k < 8; ++k)
    if (std::find(empty.begin(), empty.end(), k) == empty.end())
      CHECK(std::equal(before.row(k).begin(), before.row(k).end(), start.codewords.row(k).begin()));
  const auto indices = vqi::test::assign_by_trying(start.set, start.codewords);
  CHECK(vqi::test::objective_by_trying(start.set, start.codewords, indices) < objective);
}

TEST_CASE("cells are left empty where every vector lies on a codeword, and nothing is done where none is empty") {
  Start start(low_vectors(40, 1), 4);  // equal vectors
  start.set.read_scaled(0, start.codewords.row(0));
  start.indices = vqi::test::assign_by_trying(start.set, start.codewords);
  start.sums.compute(start.indices, start.work.pool);
  CHECK(vqi::detail::find_empty_cells(start.sums).size() == 3);
  CHECK(vqi::detail::repair_empty_cells(start.search, start.set, start.sums, start.indices, start.codewords) == 0);
  Start full(low_vectors(40), 1);
  CHECK(vqi::detail::find_empty_cells(full.sums).empty());
  CHECK(vqi::detail::repair_empty_cells(full.search, full.set, full.sums, full.indices, full.codewords) == 0);
}
