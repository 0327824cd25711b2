// DatasetLevel: search, rows and seeding of its vectors, made once, by whichever thread asks.
#include "dataset_level.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <thread>

#include "test_work.hpp"
#include "vector_sets.hpp"

using vqi::detail::DatasetLevel;
using vqi::test::make_vectors;
using vqi::test::TestWork;

TEST_CASE("a level searches, lists and seeds its own vectors") {
  for (const std::uint32_t dimension : {3U, 48U}) {
    TestWork work;
    const DatasetLevel level(make_vectors(dimension, 128, 300).set(), work.pool);
    REQUIRE(level.vectors().size() == 300);
    CHECK(level.rows().size() == 300);
    CHECK(level.rows().row(7)[1] == static_cast<float>(level.vectors().scaled(7, 1)));
    CHECK(&level.rows() == &level.rows());
    CHECK(&level.search() == &level.search());
    const auto codewords = vqi::test::make_codewords(level.vectors(), 128, 5);
    std::vector<std::uint16_t> indices(level.search().padded_size());
    level.search().assign(codewords, indices, nullptr);
    const auto expected = vqi::test::assign_by_trying(level.vectors(), codewords);
    CHECK(std::equal(expected.begin(), expected.begin() + 300, indices.begin()));
    for (const std::size_t k : {9U, 4U, 20U})
      CHECK(level.seed_by_splits(k, work.progress).scaled ==
            vqi::detail::SplitSeeding(level.rows()).seed(k, work.progress).scaled);
  }
}

TEST_CASE("threads that ask at once get the same structures") {
  TestWork work;
  const DatasetLevel level(make_vectors(3, 128, 500).set(), work.pool);
  std::array<const vqi::detail::VectorRows*, 4> rows{};
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < 4; ++t) threads.emplace_back([&, t] { rows[t] = &level.rows(); });
  for (std::thread& thread : threads) thread.join();
  for (const auto* const each : rows) CHECK(each == rows[0]);
}
