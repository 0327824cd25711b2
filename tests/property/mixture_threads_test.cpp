// Clustering gives the same bits on any number of threads and on every SIMD target.
#include <hwy/targets.h>

#include <catch2/catch.hpp>
#include <vector>

#include "clouds.hpp"
#include "vqi/cluster.hpp"

using vqi::cluster::Covariance;
using vqi::cluster::Points;
using vqi::detail::Random;

namespace {

Points clouds(std::uint32_t d) {
  Random random(d);
  const std::vector<double> centres = vqi::test::uniform_cloud(7, d, random);
  return {vqi::test::bell_clouds(centres, d, 700, 0.1, random), d};
}

/// The results of EM with every kind of covariance, of annealing and of the gap statistic, as one list of numbers.
std::vector<double> all_numbers(const Points& points, std::uint32_t threads) {
  std::vector<double> numbers;
  const auto add = [&](const auto& values) { numbers.insert(numbers.end(), values.begin(), values.end()); };
  for (const Covariance covariance :
       {Covariance::tied_spherical, Covariance::spherical, Covariance::diagonal, Covariance::tied, Covariance::full}) {
    vqi::cluster::EmOptions options;
    options.k = 5;
    options.covariance = covariance;
    options.max_iterations = 8;
    const vqi::cluster::EmResult result = vqi::cluster::em(points, options, {.threads = threads});
    add(result.mixture.weights);
    add(result.mixture.means);
    add(result.mixture.covariances);
    add(result.assignment);
    numbers.push_back(result.log_likelihood);
  }
  vqi::cluster::AnnealOptions annealing;
  annealing.k = 4;
  const vqi::cluster::AnnealResult annealed = vqi::cluster::anneal(points, annealing, {.threads = threads});
  add(annealed.clusters.means);
  for (const vqi::cluster::AnnealStep& step : annealed.history) add(std::vector<double>{step.eps, step.distortion});
  vqi::cluster::GapOptions gaps;
  gaps.k_max = 3;
  gaps.references = 3;
  gaps.starts = 1;
  for (const vqi::cluster::GapRow& row : vqi::cluster::gap(points, gaps, {.threads = threads}).rows)
    add(std::vector<double>{row.log_w, row.gap, row.error});
  return numbers;
}

}  // namespace

TEST_CASE("one, two and five threads give the same mixtures, means and gaps, bit for bit") {
  for (const std::uint32_t d : {1U, 3U, 6U}) {
    const Points points = clouds(d);
    const std::vector<double> expected = all_numbers(points, 1);
    CHECK(all_numbers(points, 2) == expected);
    CHECK(all_numbers(points, 5) == expected);
  }
}

TEST_CASE("every SIMD target gives the same mixtures, means and gaps, bit for bit") {
  const Points points = clouds(3);
  const std::vector<double> expected = all_numbers(points, 1);
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
    INFO("target " << hwy::TargetName(target));
    CHECK(all_numbers(points, 1) == expected);
  }
  hwy::SetSupportedTargetsForTest(0);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}
