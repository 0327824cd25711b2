// Deterministic annealing: eps falls, the distortion with it, and k-means is where it ends.
#include <catch2/catch.hpp>
#include <vector>

#include "clouds.hpp"
#include "vqi/cluster.hpp"

using vqi::cluster::AnnealOptions;
using vqi::cluster::AnnealResult;
using vqi::cluster::Points;
using vqi::detail::Random;

TEST_CASE("annealing tells a falling eps and the distortion at each") {
  Random random(1);
  const std::vector<double> centres{0, 0, 8, 0, 0, 8, 8, 8, 4, 4};
  const Points points(vqi::test::bell_clouds(centres, 2, 60, 0.5, random), 2);
  AnnealOptions options;
  options.k = 5;
  const AnnealResult result = vqi::cluster::anneal(points, options);
  REQUIRE(result.history.size() > 10);
  for (std::size_t i = 1; i < result.history.size(); ++i)
    CHECK(result.history[i].eps == Approx(result.history[i - 1].eps * options.cooling));
  // Hot, one point stands for all; cold, each cloud has its own.
  CHECK(result.history.front().distortion > 20);
  CHECK(result.history.back().distortion < 1);
  CHECK(result.clusters.converged);
  CHECK(result.clusters.objective / points.total_weight() == Approx(result.history.back().distortion).epsilon(0.05));
}

TEST_CASE("annealing ends in a k-means solution, with and without learned weights, and without them needs no luck") {
  // Ten clouds on a line: k-means from a random start seldom finds all.
  Random random(2);
  std::vector<double> centres;
  for (int i = 0; i < 10; ++i) centres.insert(centres.end(), {10.0 * i, 0});
  const Points points(vqi::test::bell_clouds(centres, 2, 30, 0.3, random), 2);
  for (const bool learn_weights : {false, true}) {
    AnnealOptions options;
    options.k = 10;
    options.learn_weights = learn_weights;
    const AnnealResult result = vqi::cluster::anneal(points, options);
    if (!learn_weights) CHECK(result.clusters.objective / points.total_weight() < 0.25);
    vqi::cluster::KmeansOptions again;
    again.k = 10;
    again.means = result.clusters.means;
    const vqi::cluster::KmeansResult more = vqi::cluster::kmeans(points, again);
    CHECK(more.iterations <= 1);
    CHECK(more.assignment == result.clusters.assignment);
  }
}

TEST_CASE("annealing of equal points, and of as many components as points, ends") {
  AnnealOptions options;
  options.k = 3;
  CHECK(vqi::cluster::anneal({std::vector<double>(12, 5.0), 2}, options).clusters.objective == 0);
  const AnnealResult exact = vqi::cluster::anneal({std::vector<double>{0, 1, 10}, 1}, options);
  CHECK(exact.clusters.objective == 0);
}
