// exchange: lowers J where Lloyd's steps have ended, keeps every cell and obeys its filter.
#include "exchange.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <vector>

#include "lloyd.hpp"
#include "test_work.hpp"
#include "vector_sets.hpp"

using vqi::detail::CellSums;
using vqi::detail::FixedCodewords;
using vqi::detail::VectorSet;
using vqi::test::TestWork;

namespace {

/// Cells where Lloyd's steps have ended.
struct Settled {
  FixedCodewords codewords;
  std::vector<std::uint16_t> indices;
};

Settled settled(const VectorSet& set, std::size_t k, TestWork& work) {
  Settled result{vqi::test::make_codewords(set, 127, k), {}};
  const vqi::detail::NearestSearch nearest(set, work.pool);
  result.indices.resize(nearest.padded_size());
  vqi::detail::lloyd(set, nearest, {set.dimension(), 500, 0}, result.codewords, result.indices, work);
  return result;
}

vqi::detail::int128 objective_of(const CellSums& sums, FixedCodewords codewords) {
  sums.move_to_means(codewords);
  return sums.objective(codewords);
}

}  // namespace

TEST_CASE("exchange lowers J where Lloyd's steps have ended, and its sums are those of its cells") {
  TestWork work;
  for (const std::uint32_t dimension : {1U, 3U, 8U}) {
    const VectorSet set = vqi::test::make_vectors(dimension, 128, 200).set();
    Settled cells = settled(set, 20, work);
    CellSums sums(set, 20);
    sums.compute(cells.indices, work.pool);
    const vqi::detail::int128 before = objective_of(sums, cells.codewords);
    const std::size_t moves = vqi::detail::exchange(set, nullptr, 50, sums, cells.indices, {});
    INFO("dimension " << dimension << ", moves " << moves);
    CHECK((moves == 0 || objective_of(sums, cells.codewords) < before));
    CellSums again(set, 20);
    again.compute(cells.indices, work.pool);
    for (std::size_t k = 0; k < 20; ++k) {
      CHECK(sums.weight(k) == again.weight(k));
      CHECK(std::equal(sums.sum(k).begin(), sums.sum(k).end(), again.sum(k).begin()));
      CHECK(sums.weight(k) > 0);
    }
    // Nothing is left to move.
    CHECK(vqi::detail::exchange(set, nullptr, 1, sums, cells.indices, {}) == 0);
  }
}

TEST_CASE("exchange lowers J beside codewords that are fixed") {
  TestWork work;
  const VectorSet set = vqi::test::make_vectors(3, 128, 200).set();
  Settled cells = settled(set, 20, work);
  constexpr std::size_t fixed_count = 4;
  FixedCodewords fixed = cells.codewords;
  fixed.scaled.resize(fixed_count * set.dimension());
  for (std::int32_t& value : fixed.scaled) value = value * 3 / 4;
  std::copy(fixed.scaled.begin(), fixed.scaled.end(), cells.codewords.scaled.begin());
  CellSums sums(set, 20);
  sums.compute(cells.indices, work.pool);
  const auto objective = [&] {
    FixedCodewords means = cells.codewords;
    sums.move_to_means(means, {}, fixed_count);
    return sums.objective(means);
  };
  const vqi::detail::int128 before = objective();
  REQUIRE(vqi::detail::exchange(set, nullptr, 50, sums, cells.indices, {}, fixed) > 0);
  CHECK(objective() < before);
  for (std::size_t k = fixed_count; k < 20; ++k) CHECK(sums.weight(k) > 0);
  // A vector that is nearer to a fixed codeword than to all means is in its cell.
  FixedCodewords means = cells.codewords;
  sums.move_to_means(means, {}, fixed_count);
  const vqi::detail::NearestSearch nearest(set, work.pool);
  std::vector<std::uint16_t> best(nearest.padded_size());
  nearest.assign(means, best, nullptr);
  for (std::size_t n = 0; n < set.size(); ++n)
    if (best[n] < fixed_count && cells.indices[n] < fixed_count) CHECK(cells.indices[n] == best[n]);
}

TEST_CASE("exchange moves no vector that its filter keeps") {
  TestWork work;
  const VectorSet set = vqi::test::make_vectors(3, 128, 200).set();
  Settled cells = settled(set, 20, work);
  const std::vector<std::uint16_t> before = cells.indices;
  CellSums sums(set, 20);
  sums.compute(cells.indices, work.pool);
  const auto odd = [](std::size_t n, std::size_t) { return n % 2 == 1; };
  vqi::detail::exchange(set, odd, 50, sums, cells.indices, {});
  for (std::size_t n = 0; n < set.size(); n += 2) CHECK(cells.indices[n] == before[n]);
}
