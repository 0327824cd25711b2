// ColourCubes and CubeSearch against the same vectors one by one: sums, means, Lloyd's steps and indices.
#include "cube_search.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <span>
#include <vector>

#include "key_format.hpp"
#include "random.hpp"

namespace {

using Keys = std::vector<std::uint32_t>;

constexpr std::int32_t centre = 128;

enum class Kind { random, clustered, extreme, one };

/// Keys of the kind, some of them hundreds of times.
Keys draw_keys(Kind kind) {
  vqi::detail::Random random(11);
  Keys keys;
  const auto add = [&](std::uint64_t key, std::uint64_t times) {
    keys.resize(keys.size() + times, static_cast<std::uint32_t>(key));
  };
  switch (kind) {
    case Kind::random:
      for (int n = 0; n < 3000; ++n) add(random.below(1U << 24U), random.below(30) == 0 ? 200 + random.below(900) : 1);
      break;
    case Kind::clustered:
      for (std::uint64_t n = 0; n < 20'000; ++n)
        add((n % 7 + 1) * 1'234'567 % (1U << 24U) / 4096 * 4096 + random.below(4096), 1);
      break;
    case Kind::extreme:
      for (const std::uint32_t key : {0U, 1U, 63U, 64U, 0x7FFFFFU, 0x800000U, 0xFFFFC0U, 0xFFFFFFU}) add(key, 300);
      break;
    case Kind::one:
      add(0x123456, 1000);
      break;
  }
  return keys;
}

vqi::detail::FixedCodewords draw_codewords(std::size_t k, std::uint32_t fraction_bits, std::uint64_t seed) {
  vqi::detail::Random random(seed);
  vqi::detail::FixedCodewords codewords{3, {}};
  // Halves and wholes, so that ties are met.
  for (std::size_t i = 0; i < 3 * k; ++i)
    codewords.scaled.push_back((static_cast<std::int32_t>(random.below(509)) - 254) * (1 << (fraction_bits - 1)));
  return codewords;
}

std::array<std::int64_t, 3> scaled_vector(std::uint32_t key, std::uint32_t fraction_bits) {
  const std::array<std::uint8_t, 3> vector = vqi::detail::vector_of_key(key);
  std::array<std::int64_t, 3> scaled{};
  for (std::size_t i = 0; i < 3; ++i)
    scaled[i] = (std::int64_t{vector[i]} - centre) * (std::int64_t{1} << fraction_bits);
  return scaled;
}

std::int64_t squared_distance(const std::array<std::int64_t, 3>& x, std::span<const std::int32_t> codeword) {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < 3; ++i) sum += (x[i] - codeword[i]) * (x[i] - codeword[i]);
  return sum;
}

std::size_t nearest(const std::array<std::int64_t, 3>& x, const vqi::detail::FixedCodewords& codewords) {
  std::size_t best = 0;
  for (std::size_t k = 1; k < codewords.size(); ++k)
    if (squared_distance(x, codewords.row(k)) < squared_distance(x, codewords.row(best))) best = k;
  return best;
}

/// The keys in a table and in cubes, with what is needed to search them.
struct Subject {
  Keys keys;
  vqi::detail::ThreadPool pool;
  vqi::detail::FixedPoint fixed_point{std::array<std::int32_t, 3>{centre, centre, centre}};
  vqi::detail::KeyCounts counts;
  vqi::detail::ColourCubes cubes;
  vqi::detail::CubeSearch search;

  Subject(Kind kind, vqi::detail::KeyLayout layout, std::uint32_t threads)
      : keys(draw_keys(kind)),
        pool(threads),
        counts(count(keys, layout)),
        cubes(counts, pool),
        search(cubes, fixed_point, centre, pool) {}

  static vqi::detail::KeyCounts count(const Keys& keys, vqi::detail::KeyLayout layout) {
    vqi::detail::KeyCounts table(std::size_t{1} << 24, layout);
    table.add(keys);
    return table;
  }
};

Subject any_subject() {
  const Kind kind = GENERATE(Kind::random, Kind::clustered, Kind::extreme, Kind::one);
  const vqi::detail::KeyLayout layout = GENERATE(vqi::detail::KeyLayout::leaves, vqi::detail::KeyLayout::whole);
  return {kind, layout, GENERATE(1U, 3U)};
}

}  // namespace

TEST_CASE("cubes have the weights, sums and norm of their vectors") {
  const Subject subject = any_subject();
  std::uint64_t norm = 0;
  std::vector<vqi::detail::ColourCube> expected(std::size_t{1} << 18);
  for (const std::uint32_t key : subject.keys) {
    vqi::detail::ColourCube& cube = expected[key / vqi::detail::cube_keys];
    ++cube.weight;
    for (std::size_t i = 0; i < 3; ++i) {
      cube.sum[i] += vqi::detail::vector_of_key(key)[i];
      const std::int64_t x = scaled_vector(key, 0)[i];
      norm += static_cast<std::uint64_t>(x * x);
    }
  }
  CHECK(subject.cubes.norm(centre) == norm);
  CHECK(subject.cubes.total_weight() == subject.keys.size());
  std::size_t met = 0;
  for (const vqi::detail::ColourCube& cube : subject.cubes.cubes()) {
    const vqi::detail::ColourCube& wanted = expected[cube.first_key / vqi::detail::cube_keys];
    REQUIRE(cube.weight == wanted.weight);
    REQUIRE(cube.sum == wanted.sum);
    met += cube.weight;
  }
  CHECK(met == subject.keys.size());
}

TEST_CASE("means of cubes are those of their vectors, to the nearest multiple of 2^-F") {
  const Subject subject = any_subject();
  const std::uint32_t bits = subject.fixed_point.fraction_bits();
  for (const std::uint32_t side_bits : {2U, 3U}) {
    const vqi::detail::VectorSet means = subject.cubes.means(subject.fixed_point, centre, side_bits);
    std::map<std::uint32_t, vqi::detail::ColourCube> joined;
    for (const vqi::detail::ColourCube& part : subject.cubes.cubes()) {
      vqi::detail::ColourCube& whole = joined[part.first_key >> (3 * side_bits)];
      whole.weight += part.weight;
      for (std::size_t i = 0; i < 3; ++i) whole.sum[i] += part.sum[i];
    }
    REQUIRE(means.size() == joined.size());
    std::uint32_t n = 0;
    for (const auto& [key, cube] : joined) {
      REQUIRE(means.weights()[n] == cube.weight);
      for (std::uint32_t i = 0; i < 3; ++i) {
        const double mean = static_cast<double>(cube.sum[i]) / cube.weight - centre;
        REQUIRE(std::abs(means.scaled(n, i) - mean * (1 << bits)) <= 0.5);
      }
      ++n;
    }
  }
}

TEST_CASE("a step over cubes is Lloyd's step over their vectors") {
  const Subject subject = any_subject();
  const std::uint32_t bits = subject.fixed_point.fraction_bits();
  for (const std::size_t k : {1U, 2U, 17U, 100U, 300U}) {
    const vqi::detail::FixedCodewords codewords = draw_codewords(k, bits, k);
    std::vector<std::int64_t> weights(k);
    std::vector<std::array<std::int64_t, 3>> sums(k);
    for (const std::uint32_t key : subject.keys) {
      const auto x = scaled_vector(key, bits);
      const std::size_t cell = nearest(x, codewords);
      ++weights[cell];
      for (std::size_t i = 0; i < 3; ++i) sums[cell][i] += x[i];
    }
    const vqi::detail::CubeStep step = subject.search.step(codewords);
    bool empty = false;
    vqi::detail::FixedCodewords moved = codewords;
    for (std::size_t c = 0; c < k; ++c) {
      empty = empty || weights[c] == 0;
      for (std::size_t i = 0; i < 3 && weights[c] != 0; ++i)
        moved.row(c)[i] = static_cast<std::int32_t>(vqi::detail::divide_round(sums[c][i], weights[c]));
    }
    CHECK(step.empty_cells == empty);
    CHECK(step.codewords.scaled == moved.scaled);
    vqi::detail::int128 objective = 0;
    for (const std::uint32_t key : subject.keys) {
      const auto x = scaled_vector(key, bits);
      objective += squared_distance(x, moved.row(nearest(x, codewords)));
    }
    CHECK((step.objective == objective));
  }
}

TEST_CASE("indices by cubes are those of brute force, and there are none if a codeword is of no use") {
  const Subject subject = any_subject();
  const std::uint32_t bits = subject.fixed_point.fraction_bits();
  for (const std::size_t k : {1U, 2U, 17U, 300U}) {
    vqi::detail::FixedCodewords codewords = draw_codewords(k, bits, 50 + k);
    // Those of no use are left out, one after the other, so that indices can be had.
    std::vector<std::uint16_t> expected(subject.keys.size());
    for (bool all_used = false; !all_used;) {
      std::vector<bool> used(codewords.size());
      for (std::size_t n = 0; n < expected.size(); ++n) {
        expected[n] = static_cast<std::uint16_t>(nearest(scaled_vector(subject.keys[n], bits), codewords));
        used[expected[n]] = true;
      }
      all_used = true;
      vqi::detail::FixedCodewords kept{3, {}};
      for (std::size_t c = 0; c < used.size(); ++c) {
        all_used = all_used && used[c];
        if (used[c]) kept.scaled.insert(kept.scaled.end(), codewords.row(c).begin(), codewords.row(c).end());
      }
      CHECK(subject.search.assign(codewords).has_value() == all_used);
      codewords = kept;
    }
    const auto indices = subject.search.assign(codewords);
    REQUIRE(indices);
    std::vector<std::uint16_t> found(subject.keys.size());
    indices->look_up(subject.keys, found.data());
    CHECK(found == expected);
  }
}
