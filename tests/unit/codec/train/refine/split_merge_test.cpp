// Split-merge: out of minima that Lloyd's steps stay in, never for the worse, the same on every thread.
#include "split_merge.hpp"

#include <catch2/catch.hpp>

#include "lloyd.hpp"
#include "test_work.hpp"
#include "vector_sets.hpp"
#include "vqi/error.hpp"

using vqi::detail::FixedCodewords;
using vqi::detail::VectorSet;
using vqi::test::make_vectors;
using vqi::test::TestWork;

namespace {

FixedCodewords search(const VectorSet& set, FixedCodewords codewords,
                      const vqi::detail::SplitMergeOptions& options = {}, std::uint32_t threads = 1) {
  TestWork work(threads);
  const vqi::detail::NearestSearch nearest(set, work.pool);
  vqi::detail::split_merge(set, vqi::detail::VectorRows(set), nearest, options, codewords, work);
  return codewords;
}

FixedCodewords settled(const VectorSet& set, FixedCodewords codewords) {
  TestWork work;
  const vqi::detail::NearestSearch nearest(set, work.pool);
  std::vector<std::uint16_t> indices(nearest.padded_size());
  vqi::detail::lloyd(set, nearest, {set.dimension(), 500, 0}, codewords, indices, work);
  return codewords;
}

vqi::detail::uint128 objective_of(const VectorSet& set, const FixedCodewords& codewords) {
  return vqi::test::objective_by_trying(set, codewords, vqi::test::assign_by_trying(set, codewords));
}

/// Small clouds of 30 points around each of four far corners.
VectorSet four_clouds(std::uint32_t dimension) {
  vqi::test::MadeVectors made = make_vectors(dimension, 128, 120);
  for (std::size_t n = 0; n < 120; ++n)
    for (std::uint32_t i = 0; i < dimension; ++i) {
      std::int32_t& x = made.coordinates[n * dimension + i];
      x = x / 32 + ((n % 4 >> i % 2 & 1U) != 0 ? 100 : -100);
    }
  return made.set();
}

}  // namespace

TEST_CASE("codewords that crowd in one cloud, where Lloyd's steps leave them, are spread over all clouds") {
  for (const std::uint32_t dimension : {2U, 9U}) {  // cuts by moments, and by points
    const VectorSet set = four_clouds(dimension);
    // Three codewords in the first cloud and one for the other three.
    FixedCodewords start{dimension, {}};
    for (std::size_t k = 0; k < 4; ++k)
      for (std::uint32_t i = 0; i < dimension; ++i) start.scaled.push_back(set.scaled(k < 3 ? 4 * k : 3, i));
    start = settled(set, start);
    const vqi::detail::uint128 stuck = objective_of(set, start);
    const FixedCodewords found = settled(set, search(set, start));
    CHECK(objective_of(set, found) * 20 < stuck);
    const auto indices = vqi::test::assign_by_trying(set, found);
    for (std::size_t n = 4; n < 120; ++n) CHECK(indices[n] == indices[n % 4]);
  }
}

TEST_CASE("the objective never gets worse than two of Lloyd's steps make it, from any start") {
  for (const std::uint32_t dimension : {1U, 3U, 8U})
    for (const std::size_t k : {2U, 3U, 16U, 60U}) {
      const VectorSet set = make_vectors(dimension, 128, 200).set();
      const FixedCodewords start = vqi::test::make_codewords(set, 120, k);
      INFO("dimension " << dimension << ", k " << k);
      CHECK(objective_of(set, search(set, start)) <= objective_of(set, start));
    }
}

TEST_CASE("one codeword, and as many as there are vectors, are left at what they can do") {
  const VectorSet set = make_vectors(3, 128, 20).set();
  const FixedCodewords one = vqi::test::make_codewords(set, 100, 1);
  CHECK(search(set, one).scaled == one.scaled);
  FixedCodewords all{3, {}};
  for (std::size_t n = 0; n < 20; ++n)
    for (std::uint32_t i = 0; i < 3; ++i) all.scaled.push_back(set.scaled(n, i));
  CHECK(objective_of(set, search(set, all)) == 0);
}

TEST_CASE("equal vectors, and fewer different ones than codewords, end the search") {
  const VectorSet equal = make_vectors(3, 128, 100, 1).set();
  CHECK(objective_of(equal, search(equal, vqi::test::make_codewords(equal, 100, 5))) == 0);
  const VectorSet few = make_vectors(1, 128, 100, 4).set();
  CHECK(objective_of(few, search(few, vqi::test::make_codewords(few, 100, 9))) == 0);
}

TEST_CASE("no round takes the codewords through Lloyd's steps alone, and threads change no codeword") {
  const VectorSet set = make_vectors(8, 128, 400).set();
  const FixedCodewords start = vqi::test::make_codewords(set, 100, 12);
  const FixedCodewords none = search(set, start, {3, 3, 0});
  CHECK(objective_of(set, none) < objective_of(set, start));
  const FixedCodewords many = search(set, start);
  CHECK(objective_of(set, many) <= objective_of(set, none));
  CHECK(search(set, start, {}, 3).scaled == many.scaled);
}

TEST_CASE("the search stops when the callback says so") {
  const VectorSet set = four_clouds(3);
  const TestWork quiet;
  const vqi::detail::NearestSearch nearest(set, quiet.pool);
  TestWork work(1, [](const vqi::Progress&) { return false; });
  FixedCodewords codewords = vqi::test::make_codewords(set, 100, 8);
  CHECK_THROWS_AS(vqi::detail::split_merge(set, vqi::detail::VectorRows(set), nearest, {}, codewords, work),
                  vqi::Error);
}
