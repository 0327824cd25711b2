// k-means++: codewords are distinct vectors, drawn by weight and squared distance, the same on every machine.
#include "kmeanspp.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "simd_targets.hpp"
#include "test_work.hpp"
#include "vector_sets.hpp"
#include "vqi/error.hpp"

using vqi::detail::FixedCodewords;
using vqi::detail::VectorSet;
using vqi::test::MadeVectors;
using vqi::test::make_vectors;
using vqi::test::TestWork;

namespace {

FixedCodewords seed(const VectorSet& set, std::size_t k, std::uint64_t number, std::uint32_t threads = 1) {
  TestWork work(threads);
  return vqi::detail::seed_kmeanspp(set, k, number, work);
}

/// k-means++ as its paper tells it, every distance computed anew; draws as the code does.
FixedCodewords seed_by_loop(const VectorSet& set, std::size_t k, std::uint64_t number) {
  vqi::detail::Random random(number);
  FixedCodewords codewords{set.dimension(), {}};
  const auto choose = [&](std::size_t n) {
    for (std::uint32_t i = 0; i < set.dimension(); ++i) codewords.scaled.push_back(set.scaled(n, i));
  };
  std::uint64_t by_weight = random.below(set.total_weight());
  std::size_t first = 0;
  for (; by_weight >= set.weights()[first]; ++first) by_weight -= set.weights()[first];
  choose(first);
  while (codewords.size() < k) {
    std::vector<vqi::detail::uint128> costs;
    vqi::detail::uint128 total = 0;
    for (std::size_t n = 0; n < set.size(); ++n) {
      std::uint64_t least = ~std::uint64_t{0};
      for (std::size_t c = 0; c < codewords.size(); ++c)
        least = std::min(least, vqi::test::distance_sq_of(set, n, codewords, c));
      costs.push_back(vqi::detail::uint128{least} * set.weights()[n]);
      total += costs.back();
    }
    vqi::detail::uint128 target = random.below_wide(total);
    std::size_t n = 0;
    for (; target >= costs[n]; ++n) target -= costs[n];
    choose(n);
  }
  return codewords;
}

}  // namespace

TEST_CASE("boxes and blocks change no draw: the codewords are those of the paper's loop, on every SIMD target") {
  vqi::test::on_every_target([] {
    for (const auto& [dimension, bound] :
         {std::pair{1U, 128}, {3U, 128}, {6U, 128}, {9U, 128}, {3U, 32768}, {7U, 32768}})
      for (const std::uint64_t values : {std::uint64_t{256}, std::uint64_t{6}}) {
        const VectorSet set = make_vectors(dimension, bound, 300, values).set();
        const std::size_t k = dimension == 1 && values == 6 ? 6 : 12;
        INFO("dimension " << dimension << ", bound " << bound << ", values " << values);
        CHECK(seed(set, k, 5).scaled == seed_by_loop(set, k, 5).scaled);
      }
  });
}

TEST_CASE("codewords are pairwise distinct vectors of the set, up to all that there are") {
  const MadeVectors made = make_vectors(2, 128, 200, 4);  // 16 different vectors
  const VectorSet set = made.set();
  std::set<std::vector<std::int32_t>> vectors;
  for (std::size_t n = 0; n < set.size(); ++n) vectors.insert({set.scaled(n, 0), set.scaled(n, 1)});
  REQUIRE(vectors.size() == 16);
  for (const std::size_t k : {1U, 2U, 16U}) {
    const FixedCodewords codewords = seed(set, k, 9);
    std::set<std::vector<std::int32_t>> chosen;
    for (std::size_t c = 0; c < k; ++c) chosen.insert({codewords.row(c)[0], codewords.row(c)[1]});
    CHECK(chosen.size() == k);
    CHECK(std::includes(vectors.begin(), vectors.end(), chosen.begin(), chosen.end()));
  }
}

TEST_CASE("one seed gives one codebook on one thread and in parallel, and another seed another") {
  const VectorSet set = make_vectors(3, 128, 20'000).set();
  const std::vector<std::int32_t> one = seed(set, 20, 1).scaled;
  CHECK(seed(set, 20, 1, 3).scaled == one);
  CHECK(seed(set, 20, 2).scaled != one);
}

TEST_CASE("a heavy vector is drawn first by its weight, and a far one next by its squared distance") {
  MadeVectors made{1, 128, {0, 1, 100}, {1, 1000, 1}};
  const VectorSet set = made.set();
  int heavy_first = 0;
  int far_second = 0;
  for (std::uint64_t number = 0; number < 200; ++number) {
    const FixedCodewords codewords = seed(set, 2, number);
    const std::int32_t unit = 1 << set.fixed_point().fraction_bits();
    if (codewords.row(0)[0] == unit) ++heavy_first;
    if (codewords.row(1)[0] == 100 * unit) ++far_second;
  }
  CHECK(heavy_first >= 195);  // 1000 in 1002
  CHECK(far_second >= 190);   // 9801 in 9802 where the heavy one is first
}

TEST_CASE("seeding stops when the callback says so") {
  const VectorSet set = make_vectors(3, 128, 300).set();
  TestWork work(1, [](const vqi::Progress&) { return false; });
  CHECK_THROWS_AS(vqi::detail::seed_kmeanspp(set, 5, 1, work), vqi::Error);
}
