// The rounds of ECVQ.
#include "rate_constraint.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <limits>
#include <set>

#include "cell_means.hpp"
#include "made_start.hpp"

using vqi::detail::ConstraintResult;
using vqi::detail::ConstraintRound;
using vqi::detail::RateConstraint;
using vqi::test::Content;
using vqi::test::MadeStart;
using vqi::test::make_image;

namespace {

struct Constrained {
  vqi::detail::MapChoice choice;
  ConstraintResult result;
};

Constrained constrain(const MadeStart& start, const RateConstraint& constraint, std::uint32_t threads,
                      vqi::detail::RungMemory* memory = nullptr) {
  const vqi::ProgressCallback none;
  vqi::detail::ProgressReporter progress(none);
  Constrained made{{start.codewords, {start.indices.begin(), start.indices.end()}}, {}};
  made.result = vqi::detail::constrain_rate(start.vectors, constraint, made.choice,
                                            {vqi::detail::ThreadPool(threads), progress}, memory);
  return made;
}

}  // namespace

TEST_CASE("distortion and rate, judged together, end no higher than they began") {
  for (const auto& [channels, block, k] : {std::tuple{3U, 1U, 60U}, {1U, 1U, 12U}, {3U, 2U, 40U}}) {
    const MadeStart start(make_image(220, 150, channels, 8, Content::smooth), block, k);
    for (const double lambda : {1.0, 10.0, 100.0, 1000.0}) {
      const Constrained made = constrain(start, {lambda, 1000, {3, true, 4}}, 1);
      REQUIRE(made.result.rounds.size() > 1);
      if (made.choice.codewords.rows() == 1) continue;  // no bits are left
      // Priced once more, which tells what the result is worth.
      MadeStart end(make_image(220, 150, channels, 8, Content::smooth), block, 2);
      end.codewords = made.choice.codewords;
      end.indices.assign(made.choice.indices.begin(), made.choice.indices.end());
      const vqi::detail::ConstraintRound priced =
          constrain(end, {lambda, 1000, {0, false, 0}}, 1).result.rounds.front();
      INFO("channels " << channels << ", block " << block << ", lambda " << lambda);
      CHECK(priced.cost(lambda) <= made.result.rounds.front().cost(lambda));
    }
  }
}

TEST_CASE("rounds on smooth pictures lower distortion and rate together at every lambda") {
  const MadeStart start(vqi::test::make_blobs(240, 200, 3), 1, 60);
  for (const double lambda : {1.0, 10.0, 100.0, 1000.0, 10000.0}) {
    const std::vector<vqi::detail::ConstraintRound> rounds =
        constrain(start, {lambda, 1000, {3, true, 4}}, 1).result.rounds;
    CAPTURE(lambda);
    REQUIRE(rounds.size() >= 2);
    for (std::size_t i = 1; i < rounds.size(); ++i) CHECK(rounds[i].cost(lambda) < rounds[0].cost(lambda));
  }
}

TEST_CASE("a lambda of 0 keeps nearest codewords") {
  const MadeStart start(make_image(60, 50, 3, 8, Content::smooth), 1, 20);
  const Constrained made = constrain(start, {0, 1000, {2, true, 4}}, 1);
  CHECK(std::equal(start.indices.begin(), start.indices.end(), made.choice.indices.begin()));
  CHECK(made.choice.codewords.rows() == 20);
  CHECK(made.result.rounds.empty());
  CHECK(made.result.lambda == 0);
}

TEST_CASE("without a lambda it follows from the distortion, and is 0 where there is none") {
  const MadeStart some(make_image(60, 50, 3, 8, Content::noise), 1, 20);
  CHECK(constrain(some, {std::nullopt, 1000, {1, false, 1}}, 1).result.lambda > 100);
  const MadeStart exact(make_image(60, 50, 1, 8, Content::flat), 1, 1);
  CHECK(constrain(exact, {std::nullopt, 1000, {1, false, 1}}, 1).result.lambda == 0);
}

TEST_CASE("the default lambda is told whatever is asked for, and asked for gives the same as none") {
  const MadeStart start(vqi::test::make_blobs(120, 90, 3), 1, 30);
  const Constrained usual = constrain(start, {std::nullopt, 1000, {2, true, 4}}, 1);
  CHECK(usual.result.default_lambda == usual.result.lambda);
  const Constrained asked = constrain(start, {usual.result.lambda, 1000, {2, true, 4}}, 1);
  CHECK(asked.choice.indices == usual.choice.indices);
  for (const double lambda : {0.5, 1e5})
    CHECK(constrain(start, {lambda, 1000, {2, true, 4}}, 1).result.default_lambda == usual.result.lambda);
}

TEST_CASE("from the default lambda on bits fall and the distortion rises with lambda, to half a percent") {
  for (const Content content : {Content::noise, Content::smooth}) {
    const MadeStart start(make_image(120, 90, 3, 8, content), 1, 30);
    double lambda = constrain(start, {std::nullopt, 1000, {2, true, 4}}, 1).result.lambda;
    ConstraintRound before;
    for (int i = 0; i < 8; ++i, lambda *= 2) {
      const Constrained made = constrain(start, {lambda, 1000, {2, true, 4}}, 1);
      if (made.choice.codewords.rows() == 1) break;
      MadeStart end(make_image(120, 90, 3, 8, content), 1, 2);
      end.codewords = made.choice.codewords;
      end.indices.assign(made.choice.indices.begin(), made.choice.indices.end());
      const ConstraintRound now = constrain(end, {lambda, 1000, {0, false, 0}}, 1).result.rounds.front();
      INFO("content " << static_cast<int>(content) << ", step " << i);
      if (i > 0) CHECK(now.bits <= before.bits);
      CHECK(now.distortion_sq >= 0.995 * before.distortion_sq);
      before = now;
    }
  }
}

TEST_CASE("every codeword that is left is in use and unlike the others, and a large lambda leaves few") {
  const MadeStart start(make_image(120, 90, 3, 8, Content::smooth), 1, 200);
  std::size_t before = 200;
  for (const double lambda : {10.0, 1000.0, 1e6}) {
    const Constrained made = constrain(start, {lambda, 1000, {3, true, 4}}, 1);
    CHECK(made.choice.codewords.rows() < before);
    before = made.choice.codewords.rows();
    std::set<std::vector<std::uint32_t>> distinct;
    for (std::size_t k = 0; k < made.choice.codewords.rows(); ++k)
      distinct.insert({made.choice.codewords.at(k, 0), made.choice.codewords.at(k, 1), made.choice.codewords.at(k, 2)});
    CHECK(distinct.size() == made.choice.codewords.rows());
    const std::set<std::uint16_t> used(made.choice.indices.begin(), made.choice.indices.end());
    CHECK(used.size() == made.choice.codewords.rows());
    CHECK(*used.rbegin() + std::size_t{1} == made.choice.codewords.rows());
  }
}

TEST_CASE("strips are chosen in parallel, and threads change nothing") {
  const MadeStart start(make_image(100, 90, 3, 8, Content::smooth), 1, 40);
  const Constrained expected = constrain(start, {40, 20, {2, true, 4}}, 1);
  for (const std::uint32_t threads : {2U, 8U}) {
    const Constrained made = constrain(start, {40, 20, {2, true, 4}}, threads);
    CHECK(made.choice.indices == expected.choice.indices);
    CHECK(std::equal(made.choice.codewords.bytes().begin(), made.choice.codewords.bytes().end(),
                     expected.choice.codewords.bytes().begin()));
  }
}

TEST_CASE("rungs that earlier calls have found change nothing, in whatever order lambdas come") {
  const MadeStart start(make_image(110, 90, 3, 8, Content::smooth), 1, 40);
  const auto start_of = [&](std::uint32_t k) {
    const MadeStart fewer(make_image(110, 90, 3, 8, Content::smooth), 1, k);
    return vqi::detail::MapChoice{fewer.codewords, {fewer.indices.begin(), fewer.indices.end()}};
  };
  const double usual = constrain(start, {std::nullopt, 1000, {2, true, 4}}, 1).result.lambda;
  for (const std::uint32_t threads : {1U, 3U}) {
    vqi::detail::RungMemory memory;
    for (const double part : {3.0, 3.5, 100.0, 0.5, 2.0, 90.0, 1.0, 4.0, 1000.0, 33.0}) {
      const RateConstraint constraint{part * usual, 1000, {2, true, 4}, start_of};
      const Constrained expected = constrain(start, constraint, 1);
      const Constrained made = constrain(start, constraint, threads, &memory);
      INFO("part " << part << ", threads " << threads);
      CHECK(made.choice.indices == expected.choice.indices);
      CHECK(std::equal(made.choice.codewords.bytes().begin(), made.choice.codewords.bytes().end(),
                       expected.choice.codewords.bytes().begin(), expected.choice.codewords.bytes().end()));
      CHECK(made.result.lambda == expected.result.lambda);
      CHECK(made.result.start_kept == expected.result.start_kept);
      CHECK(made.result.rounds.size() == expected.result.rounds.size());
    }
    REQUIRE(memory.last);
    CHECK(memory.last->lambda > memory.usual->lambda);
  }
}

TEST_CASE("a single pass chooses for the vectors that it sees, and moves codewords to the means of the others") {
  const MadeStart start(make_image(90, 60, 3, 8, Content::smooth), 1, 30);
  const MadeStart darker(make_image(90, 60, 3, 8, Content::few_colours), 1, 30);
  const vqi::ProgressCallback none;
  vqi::detail::ProgressReporter progress(none);
  const vqi::detail::Work work{vqi::detail::ThreadPool(1), progress};
  vqi::detail::MapChoice choice{start.codewords, {start.indices.begin(), start.indices.end()}};
  vqi::detail::choose_once(darker.vectors, start.vectors, 1.0, {1.0, 1000, {1, true, 4}}, choice, work);
  CHECK_FALSE(std::equal(choice.indices.begin(), choice.indices.end(), start.indices.begin(), start.indices.end()));
  vqi::detail::MapChoice moved = choice;
  vqi::detail::move_to_means(start.vectors, moved.codewords, moved.indices);
  CHECK(std::equal(moved.codewords.bytes().begin(), moved.codewords.bytes().end(), choice.codewords.bytes().begin(),
                   choice.codewords.bytes().end()));
}
