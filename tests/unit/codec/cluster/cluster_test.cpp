// The calls of vqi/cluster.hpp: what they take, refuse and tell, and that k-means finds what is there.
#include <catch2/catch.hpp>
#include <cstdint>
#include <limits>
#include <vector>

#include "clouds.hpp"
#include "vqi/cluster.hpp"

using vqi::Error;
using vqi::cluster::Points;
using vqi::detail::Random;

namespace {

/// True if `call` throws Error{invalid_option}.
template <typename Call>
bool refuses(const Call& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.error_code() == vqi::ErrorCode::invalid_option;
  }
  return false;
}

}  // namespace

TEST_CASE("points of every number type are taken, and wrong shapes are refused") {
  const Points bytes(std::vector<std::uint8_t>{0, 255, 3, 4}, 2);
  CHECK(bytes.size() == 2);
  CHECK(bytes.row(0)[1] == 255);
  CHECK(Points(std::vector<std::int16_t>{-5, 6}, 1).row(0)[0] == -5);
  CHECK(Points(std::vector<float>{0.5F}, 1).row(0)[0] == 0.5);
  const std::vector<double> six{1, 2, 3, 4, 5, 6};
  CHECK(Points(six, 3, std::vector<double>{1, 3}).total_weight() == 4);
  CHECK(refuses([&] { Points(six, 0); }));
  CHECK(refuses([&] { Points(six, 4); }));
  CHECK(refuses([&] { Points(std::vector<double>{}, 1); }));
  CHECK(refuses([&] { Points(six, 3, std::vector<double>{1}); }));
  CHECK(refuses([&] { Points(six, 3, std::vector<double>{1, -1}); }));
  CHECK(refuses([&] { Points(six, 3, std::vector<double>{0, 0}); }));
  CHECK(refuses([&] { Points(std::vector<double>{1, std::numeric_limits<double>::quiet_NaN()}, 1); }));
  CHECK(refuses([&] { Points(six, 3, std::vector<double>{1, std::numeric_limits<double>::infinity()}); }));
}

TEST_CASE("options that cannot be are refused") {
  const Points points(std::vector<double>{1, 2, 3, 4}, 1);
  CHECK(refuses([&] {
    vqi::cluster::KmeansOptions options;
    options.k = 5;
    static_cast<void>(vqi::cluster::kmeans(points, options));
  }));
  CHECK(refuses([&] {
    vqi::cluster::KmeansOptions options;
    options.k = 2;
    options.means = {1};
    static_cast<void>(vqi::cluster::kmeans(points, options));
  }));
  const auto em_refuses = [&](const auto& change) {
    vqi::cluster::EmOptions options;
    options.covariance = vqi::cluster::Covariance::full;
    options.start = vqi::cluster::Mixture{options.covariance, 1, {0.5, 0.5}, {1, 4}, {1, 1}};
    static_cast<void>(vqi::cluster::em(points, options));  // as it is, it is taken
    change(options);
    return refuses([&] { static_cast<void>(vqi::cluster::em(points, options)); });
  };
  CHECK(em_refuses([](auto& options) { options.start->covariances = {1, -1}; }));
  CHECK(em_refuses([](auto& options) { options.start->weights = {0.5, 0.6}; }));
  CHECK(em_refuses([](auto& options) { options.start->means = {1}; }));
  CHECK(em_refuses([](auto& options) { options.start->dimension = 2; }));
  CHECK(em_refuses([](auto& options) { options.variance_floor = 0; }));
  CHECK(em_refuses([](auto& options) {
    options.start.reset();
    options.start_means = {1};
  }));
  CHECK(em_refuses([](auto& options) { options.k = 3; }));
  CHECK(refuses([&] {
    vqi::cluster::AnnealOptions options;
    options.k = 2;
    options.cooling = 1;
    static_cast<void>(vqi::cluster::anneal(points, options));
  }));
  CHECK(refuses([&] {
    vqi::cluster::AnnealOptions options;
    options.k = 2;
    options.last_eps = std::numeric_limits<double>::infinity();
    static_cast<void>(vqi::cluster::anneal(points, options));
  }));
  CHECK(refuses([&] {
    vqi::cluster::GapOptions options;
    options.references = 0;
    static_cast<void>(vqi::cluster::gap(points, options));
  }));
}

TEST_CASE("k-means finds well-separated clouds, and its result fits together") {
  Random random(1);
  const std::vector<double> centres{0, 0, 10, 0, 0, 10};
  const Points points(vqi::test::bell_clouds(centres, 2, 50, 0.5, random), 2);
  vqi::cluster::KmeansOptions options;
  options.k = 3;
  const vqi::cluster::KmeansResult result = vqi::cluster::kmeans(points, options);
  REQUIRE(result.converged);
  REQUIRE(result.assignment.size() == 150);
  double objective = 0;
  for (std::size_t n = 0; n < 150; ++n) {
    CHECK(result.assignment[n] == result.assignment[n / 50 * 50]);
    for (std::uint32_t i = 0; i < 2; ++i) {
      const double difference = points.row(n)[i] - result.means[2 * result.assignment[n] + i];
      objective += difference * difference;
    }
  }
  CHECK(result.objective == Approx(objective));
  for (const double weight : result.weights) CHECK(weight == Approx(1.0 / 3));
  for (std::size_t step = 1; step < result.history.size(); ++step)
    CHECK(result.history[step].objective <= result.history[step - 1].objective);
}

TEST_CASE("EM starts from the cells of given means") {
  Random random(1);
  const std::vector<double> centres{0, 0, 10, 0, 0, 10};
  const Points points(vqi::test::bell_clouds(centres, 2, 50, 0.5, random), 2);
  vqi::cluster::EmOptions options;
  options.k = 3;
  options.max_iterations = 0;
  options.start_means = {1, 9, 9, 1, 1, 1};  // the clouds in another order
  const vqi::cluster::EmResult start = vqi::cluster::em(points, options);
  for (std::size_t k = 0; k < 3; ++k) {
    CHECK(start.mixture.weights[k] == Approx(1.0 / 3));
    double mean = 0;
    for (std::size_t n = 0; n < 50; ++n) mean += points.row(n + 50 * (2 - k))[0] / 50;
    CHECK(start.mixture.means[2 * k] == Approx(mean));
  }
  options.max_iterations = 20;
  CHECK(vqi::cluster::em(points, options).log_likelihood >= start.log_likelihood);
}

TEST_CASE("k-means gives an empty cell the point that is served worst") {
  vqi::cluster::KmeansOptions options;
  options.k = 2;
  options.means = {0, 1000};
  const vqi::cluster::KmeansResult result = vqi::cluster::kmeans({std::vector<double>{0, 1, 2, 30}, 1}, options);
  CHECK(result.history.front().repaired_cells == 1);
  CHECK(result.means == std::vector<double>{1, 30});
}

TEST_CASE("with lambda the cost of distortion and rate never rises, and a large one empties cells") {
  Random random(2);
  const Points points(vqi::test::uniform_cloud(500, 2, random), 2);
  vqi::cluster::KmeansOptions options;
  options.k = 16;
  options.starts = 1;
  double last_used = 17;
  for (const double lambda : {0.001, 0.05, 0.5}) {
    options.lambda = lambda;
    const vqi::cluster::KmeansResult result = vqi::cluster::kmeans(points, options);
    for (std::size_t step = 1; step < result.history.size(); ++step)
      CHECK(result.history[step].objective <= result.history[step - 1].objective * (1 + 1e-12));
    double used = 0;
    for (const double weight : result.weights) used += weight > 0 ? 1 : 0;
    CHECK(used < last_used + 1);
    last_used = used;
  }
  CHECK(last_used < 4);
}

TEST_CASE("memory for a copy of the points is asked for first") {
  Random random(3);
  const Points points(vqi::test::uniform_cloud(100, 3, random), 3);
  vqi::RunOptions run;
  run.threads = 1;
  run.max_memory_bytes = 100 * 4 * 8;
  CHECK_NOTHROW(vqi::cluster::kmeans(points, {}, run));
  CHECK_THROWS_AS(vqi::cluster::gap(points, {}, run), Error);  // a reference set beside the data
  --run.max_memory_bytes;
  CHECK_THROWS_AS(vqi::cluster::kmeans(points, {}, run), Error);
  CHECK_THROWS_AS(vqi::cluster::em(points, {}, run), Error);
  CHECK_THROWS_AS(vqi::cluster::anneal(points, {}, run), Error);
}

TEST_CASE("enumerators that do not exist are refused") {
  const Points points({1, 2, 3, 4}, 1);
  CHECK(refuses([&] {
    vqi::cluster::EmOptions options;
    options.covariance = static_cast<vqi::Covariance>(5);
    static_cast<void>(vqi::cluster::em(points, options));
  }));
  CHECK(refuses([&] {
    vqi::cluster::GapOptions options;
    options.box = static_cast<vqi::cluster::GapBox>(-1);
    static_cast<void>(vqi::cluster::gap(points, options));
  }));
  CHECK(refuses([&] {
    vqi::cluster::GapOptions options;
    options.rule = static_cast<vqi::cluster::GapRule>(5);
    static_cast<void>(vqi::cluster::gap(points, options));
  }));
  const std::vector<vqi::cluster::GapRow> one(1);
  CHECK(refuses([&] { static_cast<void>(vqi::cluster::choose_by_gap(one, static_cast<vqi::cluster::GapRule>(5))); }));
  CHECK(refuses([] { static_cast<void>(vqi::cluster::choose_by_gap({}, vqi::cluster::GapRule::first_max)); }));
}

TEST_CASE("the callback can stop every call") {
  Random random(3);
  const Points points(vqi::test::uniform_cloud(5000, 3, random), 3);
  vqi::RunOptions stopped;
  stopped.progress = [](const vqi::Progress&) { return false; };
  const auto is_cancelled = [](const auto& call) {
    try {
      call();
    } catch (const Error& error) {
      return error.error_code() == vqi::ErrorCode::cancelled;
    }
    return false;
  };
  CHECK(is_cancelled([&] {
    vqi::cluster::KmeansOptions options;
    static_cast<void>(vqi::cluster::kmeans(points, options, stopped));
  }));
  CHECK(is_cancelled([&] {
    vqi::cluster::EmOptions options;
    static_cast<void>(vqi::cluster::em(points, options, stopped));
  }));
  CHECK(is_cancelled([&] {
    vqi::cluster::AnnealOptions options;
    static_cast<void>(vqi::cluster::anneal(points, options, stopped));
  }));
  CHECK(is_cancelled([&] {
    vqi::cluster::GapOptions options;
    static_cast<void>(vqi::cluster::gap(points, options, stopped));
  }));
}
