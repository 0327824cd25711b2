// Lloyd's steps: each is the paper's, none raises the objective, and they end where they should.
#include "lloyd.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "cell_sums.hpp"
#include "test_work.hpp"
#include "vector_sets.hpp"
#include "vqi/error.hpp"

using vqi::detail::FixedCodewords;
using vqi::detail::LloydOptions;
using vqi::detail::LloydResult;
using vqi::detail::NearestSearch;
using vqi::detail::VectorSet;
using vqi::test::make_vectors;
using vqi::test::TestWork;

namespace {

struct Run {
  FixedCodewords codewords;
  std::vector<std::uint16_t> indices;
  LloydResult result;
};

Run run(const VectorSet& set, const LloydOptions& options, FixedCodewords start, std::uint32_t threads = 1) {
  TestWork work(threads);
  const NearestSearch search(set, work.pool);
  Run made{std::move(start), std::vector<std::uint16_t>(search.padded_size()), {}};
  made.result = vqi::detail::lloyd(set, search, options, made.codewords, made.indices, work);
  return made;
}

/// J over vectors and samples, of these cells.
double distortion_by_loop(const VectorSet& set, const Run& made, std::uint32_t sample_count) {
  const double objective = static_cast<double>(vqi::test::objective_by_trying(set, made.codewords, made.indices)) /
                           std::ldexp(1.0, 2 * static_cast<int>(set.fixed_point().fraction_bits()));
  return objective / static_cast<double>(set.total_weight()) / sample_count;
}

}  // namespace

TEST_CASE("a step assigns every vector to its nearest codeword, moves codewords to means and tells the distortion") {
  for (const std::int32_t bound : {128, 32768}) {
    const VectorSet set = make_vectors(3, bound, 500).set();
    const FixedCodewords start = vqi::test::make_codewords(set, bound / 2, 4);
    const Run made = run(set, {3, 1, 0}, start);
    CHECK(made.result.iterations == 1);
    CHECK_FALSE(made.result.converged);
    const auto indices = vqi::test::assign_by_trying(set, start);
    CHECK(std::equal(indices.begin(), indices.begin() + 500, made.indices.begin()));
    FixedCodewords means = start;
    const TestWork work;
    vqi::detail::CellSums sums(set, 4);
    sums.compute(indices, work.pool);
    sums.move_to_means(means);
    CHECK(made.codewords.scaled == means.scaled);
    REQUIRE(made.result.history.size() == 1);
    CHECK(made.result.history[0].changed_vectors == 500);
    CHECK(made.result.history[0].distortion == Approx(distortion_by_loop(set, made, 3)).epsilon(1e-12));
  }
}

TEST_CASE("the distortion never rises, and a converged run would not move again") {
  for (const std::uint64_t values : {std::uint64_t{256}, std::uint64_t{5}}) {
    const VectorSet set = make_vectors(3, 128, 800, values).set();
    const Run made = run(set, {3, 500, 0}, vqi::test::make_codewords(set, 100, 20));
    CHECK(made.result.converged);
    CHECK(made.result.iterations < 500);
    const auto& history = made.result.history;
    for (std::size_t i = 1; i < history.size(); ++i) CHECK(history[i].distortion <= history[i - 1].distortion);
    CHECK(history.back().changed_vectors == 0);
    const Run again = run(set, {3, 2, 0}, made.codewords);
    CHECK(again.codewords.scaled == made.codewords.scaled);
    CHECK(again.result.converged);
  }
}

TEST_CASE("empty cells are repaired and counted, so that every codeword serves a vector at the end") {
  const VectorSet set = make_vectors(3, 128, 300).set();
  FixedCodewords start = vqi::test::make_codewords(set, 100, 12);
  for (std::size_t k = 6; k < 12; ++k) std::copy(start.row(0).begin(), start.row(0).end(), start.row(k).begin());
  const Run made = run(set, {3, 500, 0}, start);
  CHECK(made.result.history[0].repaired_cells >= 6);
  CHECK(made.result.converged);
  for (std::uint16_t k = 0; k < 12; ++k) CHECK(std::count(made.indices.begin(), made.indices.begin() + 300, k) > 0);
}

TEST_CASE("steps end at their number, and at a step that gains less than the tolerance") {
  const VectorSet set = make_vectors(3, 128, 2000).set();
  const FixedCodewords start = vqi::test::make_codewords(set, 100, 30);
  CHECK(run(set, {3, 0, 0}, start).codewords.scaled == start.scaled);
  CHECK(run(set, {3, 4, 0}, start).result.history.size() == 4);
  const Run tolerant = run(set, {3, 500, 0.01}, start);
  const auto& history = tolerant.result.history;
  REQUIRE(history.size() >= 3);
  CHECK(history.size() < run(set, {3, 500, 0}, start).result.history.size());
  const auto gain = [&](std::size_t i) {
    return (history[i - 1].distortion - history[i].distortion) / history[i].distortion;
  };
  CHECK(gain(history.size() - 1) < 0.01);
  for (std::size_t i = 1; i + 1 < history.size(); ++i) CHECK(gain(i) >= 0.01);
}

TEST_CASE("threads change no codeword and no figure") {
  const VectorSet set = make_vectors(3, 128, 5000).set();
  const FixedCodewords start = vqi::test::make_codewords(set, 100, 16);
  const Run one = run(set, {3, 5, 0}, start);
  const Run three = run(set, {3, 5, 0}, start, 3);
  CHECK(one.codewords.scaled == three.codewords.scaled);
  CHECK(one.result.history.back().distortion == three.result.history.back().distortion);
}

TEST_CASE("steps stop when the callback says so") {
  const VectorSet set = make_vectors(3, 128, 100).set();
  const TestWork quiet;
  const NearestSearch search(set, quiet.pool);
  TestWork work(1, [](const vqi::Progress&) { return false; });
  FixedCodewords codewords = vqi::test::make_codewords(set, 100, 4);
  std::vector<std::uint16_t> indices(search.padded_size());
  CHECK_THROWS_AS(vqi::detail::lloyd(set, search, {3, 5, 0}, codewords, indices, work), vqi::Error);
}
