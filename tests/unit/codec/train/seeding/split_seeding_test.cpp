// SplitSeeding: what it has cut for other codebooks changes none.
#include "split_seeding.hpp"

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <thread>
#include <vector>

#include "random.hpp"
#include "vqi/error.hpp"

namespace {

/// `count` vectors of 3 coordinates, at most `kinds` of them different.
vqi::detail::VectorSet make_points(std::size_t count, std::uint64_t kinds) {
  const std::vector<std::int32_t> bounds(3, 128);
  vqi::detail::VectorSet set(vqi::detail::FixedPoint(bounds), count);
  vqi::detail::Random random(5);
  std::vector<std::int32_t> x(3);
  for (std::size_t n = 0; n < count; ++n) {
    vqi::detail::Random own(random.below(kinds));
    for (std::int32_t& value : x)
      value = (static_cast<std::int32_t>(own.below(257)) - 128) * (1 << set.fixed_point().fraction_bits());
    set.append(x, static_cast<std::uint32_t>(1 + random.below(9)));
  }
  set.finish();
  return set;
}

std::vector<std::int32_t> seed_alone(const vqi::detail::VectorRows& rows, std::size_t k) {
  const vqi::ProgressCallback none;
  vqi::detail::ProgressReporter progress(none);
  return vqi::detail::SplitSeeding(rows).seed(k, progress).scaled;
}

}  // namespace

TEST_CASE("codebooks by split seeding are the same in whatever order they are asked for") {
  const vqi::detail::VectorSet set = make_points(3000, 1'000'000);
  const vqi::detail::VectorRows rows(set);
  const vqi::ProgressCallback none;
  vqi::detail::ProgressReporter progress(none);
  vqi::detail::SplitSeeding seeding(rows);
  for (const std::size_t k : {7U, 300U, 1U, 299U, 2000U, 301U, 2U, 2900U, 64U}) {
    CAPTURE(k);
    const std::vector<std::int32_t> codewords = seeding.seed(k, progress).scaled;
    CHECK(codewords.size() == 3 * k);
    CHECK(codewords == seed_alone(rows, k));
  }
}

TEST_CASE("split seeding ends where vectors are alike, for every K") {
  const vqi::detail::VectorSet set = make_points(500, 20);
  const vqi::detail::VectorRows rows(set);
  const vqi::ProgressCallback none;
  vqi::detail::ProgressReporter progress(none);
  vqi::detail::SplitSeeding seeding(rows);
  const std::size_t most = seed_alone(rows, 500).size() / 3;
  CHECK(most >= 15);
  CHECK(most <= 20);
  for (const std::size_t k : {500U, 5U, 19U, 20U, 21U, 1U}) {
    CAPTURE(k);
    CHECK(seeding.seed(k, progress).size() == std::min(k, most));
    CHECK(seeding.seed(k, progress).scaled == seed_alone(rows, k));
  }
}

TEST_CASE("threads that seed at once get what each would have alone") {
  const vqi::detail::VectorSet set = make_points(2000, 1'000'000);
  const vqi::detail::VectorRows rows(set);
  vqi::detail::SplitSeeding seeding(rows);
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      const vqi::ProgressCallback none;
      vqi::detail::ProgressReporter progress(none);
      for (const std::size_t k : {10 + 400 * t, 900 - 200 * t})
        wrong += seeding.seed(k, progress).scaled != seed_alone(rows, k) ? 1 : 0;
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == 0);
}

TEST_CASE("a seeding that was cancelled goes on where it was") {
  const vqi::detail::VectorSet set = make_points(3000, 1'000'000);
  const vqi::detail::VectorRows rows(set);
  vqi::detail::SplitSeeding seeding(rows);
  const vqi::ProgressCallback stop = [](const vqi::Progress&) { return false; };
  vqi::detail::ProgressReporter stopped(stop);
  CHECK_THROWS_AS(static_cast<void>(seeding.seed(1000, stopped)), vqi::Error);
  const vqi::ProgressCallback none;
  vqi::detail::ProgressReporter progress(none);
  CHECK(seeding.seed(1000, progress).scaled == seed_alone(rows, 1000));
}
