// VectorSet: what is appended is read back in every way, padded by copies without weight, and summed exactly.
#include "vector_set.hpp"

#include <catch2/catch.hpp>

#include "test_work.hpp"
#include "vector_sets.hpp"

using vqi::detail::VectorSet;
using vqi::test::MadeVectors;
using vqi::test::make_vectors;

namespace {

/// Coordinates that differ from those appended, read by number, by row and by tile.
std::size_t wrong_coordinates(const VectorSet& set, const MadeVectors& made) {
  const std::int32_t unit = 1 << set.fixed_point().fraction_bits();
  std::size_t wrong = 0;
  std::vector<std::int32_t> row(set.dimension());
  for (std::size_t n = 0; n < made.size(); ++n) {
    set.read_scaled(n, row);
    for (std::uint32_t i = 0; i < set.dimension(); ++i)
      if (set.scaled(n, i) != made.at(n, i) * unit || row[i] != made.at(n, i) * unit) ++wrong;
  }
  std::size_t next = 0;
  set.for_each_vector(0, set.size(), [&](std::size_t n, const std::int32_t* x) {
    if (n != next++) ++wrong;
    for (std::uint32_t i = 0; i < set.dimension(); ++i)
      if (x[i] != made.at(n, i) * unit) ++wrong;
  });
  return wrong + (next == made.size() ? 0 : 1);
}

}  // namespace

TEST_CASE("vectors of both formats, odd and even dimensions and any number are read back as appended") {
  for (const std::int32_t bound : {128, 32768})
    for (const std::uint32_t dimension : {1U, 2U, 3U, 7U, 48U})
      for (const std::size_t count : {1U, 15U, 16U, 17U, 64U, 65U, 200U}) {
        const MadeVectors made = make_vectors(dimension, bound, count);
        const VectorSet set = made.set();
        INFO("dimension " << dimension << ", bound " << bound << ", count " << count);
        CHECK(set.wide() == (bound > 128));
        CHECK(set.size() == count);
        CHECK(set.block_count() == (count + 63) / 64);
        CHECK(wrong_coordinates(set, made) == 0);
        std::uint64_t weight = 0;
        vqi::detail::uint128 norm = 0;
        for (std::size_t n = 0; n < count; ++n) {
          weight += made.weights[n];
          for (std::uint32_t i = 0; i < dimension; ++i) {
            const std::int64_t x = set.scaled(n, i);
            norm += vqi::detail::uint128{static_cast<std::uint64_t>(x * x)} * made.weights[n];
          }
        }
        CHECK(set.total_weight() == weight);
        CHECK(set.norm() == norm);
        for (std::size_t n = count; n < set.block_count() * vqi::detail::block_vectors; ++n)
          for (std::uint32_t i = 0; i < dimension; ++i) REQUIRE(set.scaled(n, i) == set.scaled(count - 1, i));
      }
}

TEST_CASE("a part of the vectors is visited in order, wherever it begins and ends within tiles") {
  const VectorSet set = make_vectors(3, 128, 70).set();
  for (const auto& [begin, end] :
       {std::pair<std::size_t, std::size_t>{0, 0}, {5, 5}, {3, 9}, {15, 17}, {16, 32}, {1, 70}}) {
    std::vector<std::size_t> visited;
    set.for_each_vector(begin, end, [&](std::size_t n, const std::int32_t* x) {
      visited.push_back(n);
      CHECK(x[2] == set.scaled(n, 2));
    });
    CHECK(visited.size() == end - begin);
    for (std::size_t i = 0; i < visited.size(); ++i) CHECK(visited[i] == begin + i);
  }
}

TEST_CASE("bytes appended at once make the set of vectors appended one by one, on one thread and in parallel") {
  for (const std::uint32_t dimension : {1U, 3U, 4U})
    for (const std::size_t count : {1U, 17U, 70'000U}) {  // more than one task
      vqi::detail::Random random(count);
      MadeVectors made{dimension, 128, {}, {}};
      std::vector<std::byte> rows;
      for (std::size_t i = 0; i < count * dimension; ++i) {
        rows.push_back(static_cast<std::byte>(random.below(256)));
        made.coordinates.push_back(static_cast<std::int32_t>(rows.back()) - 128);
      }
      for (std::size_t n = 0; n < count; ++n) made.weights.push_back(static_cast<std::uint32_t>(random.below(1 << 30)));
      const VectorSet one_by_one = made.set();
      for (const std::uint32_t threads : {1U, 3U}) {
        const vqi::test::TestWork work(threads);
        VectorSet set(one_by_one.fixed_point(), count);
        set.append_bytes(rows.data(), 128, made.weights, work.pool);
        set.finish();
        CHECK(wrong_coordinates(set, made) == 0);
        CHECK(set.total_weight() == one_by_one.total_weight());
        CHECK(set.norm() == one_by_one.norm());
        CHECK(set.block_count() == one_by_one.block_count());
      }
    }
}

TEST_CASE("bytes may follow vectors, and go into wide sets") {
  const vqi::test::TestWork work;
  const std::vector<std::byte> rows{std::byte{0}, std::byte{255}, std::byte{128}, std::byte{1}};
  const std::vector<std::uint32_t> weights{3, 4};
  for (const std::int32_t bound : {128, 32768}) {
    VectorSet set(vqi::detail::FixedPoint(std::vector<std::int32_t>(2, bound)), 3);
    const std::int32_t unit = 1 << set.fixed_point().fraction_bits();
    set.append(std::vector<std::int32_t>{7, -7}, 1);
    set.append_bytes(rows.data(), 128, weights, work.pool);
    set.finish();
    CHECK(set.size() == 3);
    CHECK(set.total_weight() == 8);
    CHECK(set.scaled(0, 1) == -7);
    CHECK(set.scaled(1, 0) == -128 * unit);
    CHECK(set.scaled(1, 1) == 127 * unit);
    CHECK(set.scaled(2, 0) == 0);
    CHECK(set.scaled(2, 1) == -127 * unit);
  }
}

TEST_CASE("a set without vectors has no blocks") {
  VectorSet set(vqi::detail::FixedPoint(std::vector<std::int32_t>(3, 128)), 0);
  set.finish();
  CHECK(set.size() == 0);
  CHECK(set.block_count() == 0);
  CHECK(set.norm() == 0);
}
