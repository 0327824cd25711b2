// The order of vectors for boxes: a permutation that threads do not change, in which blocks are small.
#include "box_order.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>

#include "test_work.hpp"
#include "vector_sets.hpp"

using vqi::detail::VectorSet;
using vqi::test::make_vectors;
using vqi::test::TestWork;

namespace {

/// The widths of the blocks' bounding boxes, summed over blocks and dimensions.
std::uint64_t width_of_blocks(const VectorSet& set) {
  std::uint64_t sum = 0;
  for (std::size_t begin = 0; begin < set.size(); begin += vqi::detail::block_vectors)
    for (std::uint32_t i = 0; i < set.dimension(); ++i) {
      std::int32_t low = set.scaled(begin, i);
      std::int32_t high = low;
      for (std::size_t n = begin; n < std::min(begin + vqi::detail::block_vectors, set.size()); ++n) {
        low = std::min(low, set.scaled(n, i));
        high = std::max(high, set.scaled(n, i));
      }
      sum += static_cast<std::uint64_t>(high - low);
    }
  return sum;
}

}  // namespace

TEST_CASE("the order names every vector once, and is the same on one thread and in parallel") {
  for (const std::uint32_t dimension : {1U, 3U, 6U})
    for (const std::size_t count : {1U, 64U, 65U, 1000U, 70'000U}) {
      const VectorSet set = make_vectors(dimension, 128, count).set();
      const TestWork one;
      const TestWork three(3);
      const std::vector<std::uint32_t> order = vqi::detail::order_for_boxes(set, one.pool);
      CHECK(vqi::detail::order_for_boxes(set, three.pool) == order);
      std::vector<std::uint32_t> sorted = order;
      std::sort(sorted.begin(), sorted.end());
      std::vector<std::uint32_t> all(count);
      std::iota(all.begin(), all.end(), 0U);
      CHECK(sorted == all);
    }
}

TEST_CASE("blocks of vectors in random order become small boxes") {
  const VectorSet set = make_vectors(3, 128, 6400).set();
  const TestWork work;
  const VectorSet ordered = vqi::detail::reordered(set, vqi::detail::order_for_boxes(set, work.pool));
  // A hundred blocks: about a fifth of the width to each side, where each had nearly all of it.
  CHECK(width_of_blocks(ordered) * 3 < width_of_blocks(set));
}

TEST_CASE("vectors on a line are sorted block by block") {
  vqi::test::MadeVectors made{2, 128, {}, {}};
  for (std::int32_t n = 0; n < 256; ++n) {
    made.coordinates.insert(made.coordinates.end(), {(n * 89) % 256 - 128, 5});
    made.weights.push_back(1);
  }
  const VectorSet set = made.set();
  const TestWork work;
  const std::vector<std::uint32_t> order = vqi::detail::order_for_boxes(set, work.pool);
  for (std::size_t i = 0; i < order.size(); ++i)
    CHECK(static_cast<std::size_t>(made.at(order[i], 0) + 128) / 64 == i / 64);
}

TEST_CASE("equal vectors are ordered without end or loss") {
  const VectorSet set = make_vectors(3, 128, 1000, 1).set();
  const TestWork work;
  CHECK(vqi::detail::order_for_boxes(set, work.pool).size() == 1000);
}

TEST_CASE("a reordered set has the vectors and weights of the order") {
  for (const std::int32_t bound : {128, 32768}) {
    const VectorSet set = make_vectors(3, bound, 100).set();
    std::vector<std::uint32_t> order(100);
    for (std::uint32_t i = 0; i < 100; ++i) order[i] = i * 37 % 100;
    const VectorSet other = vqi::detail::reordered(set, order);
    CHECK(other.size() == 100);
    CHECK(other.total_weight() == set.total_weight());
    CHECK(other.norm() == set.norm());
    std::size_t wrong = 0;
    for (std::size_t n = 0; n < 100; ++n) {
      if (other.weights()[n] != set.weights()[order[n]]) ++wrong;
      for (std::uint32_t i = 0; i < 3; ++i)
        if (other.scaled(n, i) != set.scaled(order[n], i)) ++wrong;
    }
    CHECK(wrong == 0);
  }
}
