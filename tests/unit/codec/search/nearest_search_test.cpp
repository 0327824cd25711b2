// NearestSearch: equal to a plain loop over all codewords, whatever the data, format and threads.
#include "nearest_search.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <limits>
#include <string>

#include "random.hpp"

namespace {

enum class Kind { uniform, clustered, duplicated, extreme, sorted };

struct Case {
  std::uint32_t dimension;
  std::int32_t bound;
  std::size_t vectors;
  std::size_t codewords;
  Kind kind;
};

std::int32_t draw(vqi::detail::Random& random, const Case& c, std::size_t n) {
  const auto range = static_cast<std::uint64_t>(2 * c.bound + 1);
  switch (c.kind) {
    case Kind::uniform:
      return static_cast<std::int32_t>(random.below(range)) - c.bound;
    case Kind::clustered:
      return static_cast<std::int32_t>(random.below(5)) + (n % 3 == 0 ? -c.bound : c.bound / 2 - 4);
    case Kind::duplicated:
      return static_cast<std::int32_t>(n % 4) - 2 < 0 ? -1 : 1;
    case Kind::extreme:
      return random.below(2) == 0 ? -c.bound : c.bound;
    case Kind::sorted:
      return static_cast<std::int32_t>(range * (n % c.vectors) / c.vectors) - c.bound;
  }
  return 0;
}

vqi::detail::VectorSet make_vectors(const Case& c) {
  const std::vector<std::int32_t> bounds(c.dimension, c.bound);
  vqi::detail::VectorSet set(vqi::detail::FixedPoint(bounds), c.vectors);
  vqi::detail::Random random(7);
  std::vector<std::int32_t> x(c.dimension);
  for (std::size_t n = 0; n < c.vectors; ++n) {
    for (std::int32_t& value : x) value = draw(random, c, n) * (1 << set.fixed_point().fraction_bits());
    set.append(x, 1);
  }
  set.finish();
  return set;
}

vqi::detail::FixedCodewords make_codewords(const Case& c, std::uint32_t fraction_bits) {
  vqi::detail::FixedCodewords codewords{c.dimension, {}};
  vqi::detail::Random random(11);
  const std::int32_t unit = 1 << fraction_bits;
  for (std::size_t i = 0; i < c.codewords * c.dimension; ++i) {
    const std::int32_t value = draw(random, c, i / c.dimension) * unit;
    const std::int32_t jitter = static_cast<std::int32_t>(random.below(static_cast<std::uint64_t>(unit)));
    codewords.scaled.push_back(value > 0 ? value - jitter : value + jitter);
  }
  return codewords;
}

std::uint16_t nearest_by_loop(const vqi::detail::VectorSet& set, std::size_t n,
                              const vqi::detail::FixedCodewords& codewords) {
  std::int64_t least = std::numeric_limits<std::int64_t>::max();
  std::uint16_t nearest = 0;
  for (std::size_t k = 0; k < codewords.size(); ++k) {
    std::int64_t sum = 0;
    for (std::uint32_t i = 0; i < set.dimension(); ++i) {
      const std::int64_t delta = std::int64_t{set.scaled(n, i)} - codewords.row(k)[i];
      sum += delta * delta;
    }
    if (sum < least) {
      least = sum;
      nearest = static_cast<std::uint16_t>(k);
    }
  }
  return nearest;
}

}  // namespace

TEST_CASE("exact search equals brute force on random, clustered, duplicated and extreme data") {
  for (const Kind kind : {Kind::uniform, Kind::clustered, Kind::duplicated, Kind::extreme, Kind::sorted})
    for (const auto& [dimension, bound] : {std::pair{1U, 128},
                                           {2U, 128},
                                           {3U, 128},
                                           {4U, 128},
                                           {5U, 511},
                                           {7U, 128},
                                           {12U, 128},
                                           {48U, 128},
                                           {1024U, 128},
                                           {1U, 32768},
                                           {3U, 32768},
                                           {5U, 131071},
                                           {12U, 32768}}) {
      const std::size_t vectors = dimension > 100 ? 130U : 2500U;
      for (const std::size_t count : {std::size_t{1}, std::size_t{2}, std::size_t{9}, std::size_t{300}}) {
        const Case c{dimension, bound, vectors, count, kind};
        INFO("dimension " << dimension << " bound " << bound << " codewords " << count << " kind "
                          << static_cast<int>(kind));
        const vqi::detail::VectorSet set = make_vectors(c);
        const vqi::detail::FixedCodewords codewords = make_codewords(c, set.fixed_point().fraction_bits());
        const vqi::detail::ThreadPool pool(2);
        const vqi::detail::NearestSearch search(set, pool);
        std::vector<std::uint16_t> indices(search.padded_size(), 0);
        std::vector<vqi::detail::CellChange> changes;
        search.assign(codewords, indices, &changes);
        std::size_t wrong = 0;
        std::size_t moved = 0;
        for (std::size_t n = 0; n < set.size(); ++n) {
          const std::uint16_t expected = nearest_by_loop(set, n, codewords);
          wrong += indices[n] != expected ? 1U : 0U;
          moved += expected != 0 ? 1U : 0U;
        }
        REQUIRE(wrong == 0);
        REQUIRE(changes.size() == moved);
      }
    }
}

TEST_CASE("a vector set returns the coordinates it was given") {
  for (const std::int32_t bound : {128, 511, 32768, 131071}) {
    const std::vector<std::int32_t> bounds(5, bound);
    vqi::detail::VectorSet set(vqi::detail::FixedPoint(bounds), 3);
    const std::vector<std::vector<std::int32_t>> rows{
        {-bound, bound - 1, 0, 1, -1}, {bound, -bound, 2, -3, 100}, {0, 0, 0, 0, bound}};
    for (const auto& row : rows) set.append(row, 2);
    set.finish();
    for (std::size_t n = 0; n < rows.size(); ++n) {
      std::vector<std::int32_t> back(5);
      set.read_scaled(n, back);
      CHECK(back == rows[n]);
    }
    CHECK(set.total_weight() == 6);
  }
}

TEST_CASE("thousands of codewords are searched exactly, in an order of vectors that the caller does not see") {
  for (const Kind kind : {Kind::uniform, Kind::clustered, Kind::extreme})
    for (const std::uint32_t dimension : {1U, 3U, 4U}) {
      const Case c{dimension, 128, kind == Kind::uniform ? 70'000U : 20'001U, 2600, kind};
      CAPTURE(dimension, static_cast<int>(kind));
      const vqi::detail::VectorSet set = make_vectors(c);
      vqi::detail::FixedCodewords codewords = make_codewords(c, set.fixed_point().fraction_bits());
      const vqi::detail::ThreadPool pool(3);
      const vqi::detail::NearestSearch search(set, pool);
      std::vector<std::uint16_t> indices(search.padded_size(), 0);
      search.assign(codewords, indices, nullptr);
      // Then with each vector's index as a rival.
      std::vector<std::uint16_t> before = indices;
      for (std::int32_t& value : codewords.scaled) value -= value / 8;
      std::vector<vqi::detail::CellChange> changes;
      search.assign(codewords, indices, &changes);
      std::size_t wrong = 0;
      for (std::size_t n = 0; n < set.size(); n += 37)
        wrong += indices[n] != nearest_by_loop(set, n, codewords) ? 1U : 0U;
      CHECK(wrong == 0);
      for (const vqi::detail::CellChange& change : changes) {
        CHECK(change.from == before[change.vector]);
        before[change.vector] = indices[change.vector];
      }
      CHECK(before == indices);
    }
}

TEST_CASE("what a codeword saves over the second nearest is exact for thousands of codewords") {
  const Case c{3, 128, 3000, 2600, Kind::uniform};
  const vqi::detail::VectorSet set = make_vectors(c);
  const vqi::detail::FixedCodewords codewords = make_codewords(c, set.fixed_point().fraction_bits());
  std::vector<double> expected(codewords.size());
  for (std::size_t n = 0; n < set.size(); ++n) {
    std::vector<std::int64_t> distances;
    for (std::size_t k = 0; k < codewords.size(); ++k) {
      std::int64_t sum = 0;
      for (std::uint32_t i = 0; i < set.dimension(); ++i) {
        const std::int64_t delta = std::int64_t{set.scaled(n, i)} - codewords.row(k)[i];
        sum += delta * delta;
      }
      distances.push_back(sum);
    }
    std::partial_sort(distances.begin(), distances.begin() + 2, distances.end());
    expected[nearest_by_loop(set, n, codewords)] += static_cast<double>(distances[1] - distances[0]);
  }
  const vqi::detail::ThreadPool pool(2);
  CHECK(vqi::detail::NearestSearch(set, pool).second_choice_costs(codewords) == expected);
}
