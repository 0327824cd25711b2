// EM: the likelihood never falls, figures are scikit-learn's, collapsed components are begun anew.
#include <catch2/catch.hpp>
#include <numeric>
#include <utility>
#include <vector>

#include "clouds.hpp"
#include "old_faithful.hpp"

using vqi::cluster::Covariance;
using vqi::cluster::EmOptions;
using vqi::cluster::EmResult;
using vqi::cluster::Mixture;
using vqi::cluster::Points;
using vqi::detail::Random;

namespace {

constexpr Covariance all_kinds[] = {Covariance::tied_spherical, Covariance::spherical, Covariance::diagonal,
                                    Covariance::tied, Covariance::full};

/// Three components on Old Faithful, as narrow as `covariances` says.
Mixture faithful_start(Covariance covariance, std::vector<double> covariances) {
  return {covariance, 2, {0.5, 0.3, 0.2}, {2, 55, 4, 70, 4.5, 85}, std::move(covariances)};
}

EmOptions exactly(std::uint32_t steps, const Mixture& start) {
  EmOptions options;
  options.k = static_cast<std::uint32_t>(start.size());
  options.covariance = start.covariance;
  options.start = start;
  options.max_iterations = steps;
  options.likelihood_tolerance = 0;
  return options;
}

/// Clouds that overlap, with weights.
Points overlapping(std::uint32_t d, std::size_t each, std::uint64_t seed) {
  Random random(seed);
  std::vector<double> centres;
  for (std::uint32_t i = 0; i < 4 * d; ++i) centres.push_back(6 * vqi::test::unit_number(random));
  const std::vector<double> values = vqi::test::bell_clouds(centres, d, each, 1, random);
  std::vector<double> weights;
  for (std::size_t n = 0; n < values.size() / d; ++n) weights.push_back(static_cast<double>(1 + random.below(5)));
  return {values, d, weights};
}

}  // namespace

TEST_CASE("two full components find the two kinds of eruptions of Old Faithful") {
  EmOptions options;
  options.k = 2;
  const EmResult result = vqi::cluster::em(vqi::test::old_faithful(), options);
  CHECK(result.converged);
  CHECK(result.restarts == 0);
  CHECK(result.log_likelihood == Approx(-1130.264).margin(5e-4));
  const std::size_t first = result.mixture.weights[0] < 0.5 ? 0 : 1;
  CHECK(result.mixture.weights[first] == Approx(0.3559).margin(5e-5));
  CHECK(result.mixture.weights[1 - first] == Approx(0.6441).margin(5e-5));
  CHECK(result.mixture.means[2 * first] == Approx(2.0364).margin(5e-5));
  CHECK(result.mixture.means[2 * first + 1] == Approx(54.4785).margin(5e-5));
  CHECK(result.mixture.means[2 - 2 * first] == Approx(4.2897).margin(5e-5));
  CHECK(result.mixture.means[3 - 2 * first] == Approx(79.9681).margin(5e-5));
}

TEST_CASE("ten steps from one start give scikit-learn's log likelihood and BIC") {
  // GaussianMixture(3, reg_covar=0, tol=0, max_iter=10) of scikit-learn 1.2.1 from the same start.
  struct Case {
    Mixture start;
    double log_likelihood;
    double bic;
  };
  const Case cases[] = {
      {faithful_start(Covariance::spherical, {9, 16, 25}), -1638.3293725741923, 3338.3225678776407},
      {faithful_start(Covariance::diagonal, {0.5, 50, 0.5, 50, 0.5, 50}), -1132.641072560896, 2343.763374049936},
      {faithful_start(Covariance::tied, {0.5, 0, 0, 50}), -1128.539894603815, 2318.743611936886},
      {faithful_start(Covariance::full, {0.5, 0, 0, 50, 0.5, 0, 0, 50, 0.5, 0, 0, 50}), -1125.017946724774,
       2345.33452857658}};
  for (const Case& one : cases) {
    const EmResult result = vqi::cluster::em(vqi::test::old_faithful(), exactly(10, one.start));
    CHECK(result.iterations == 10);
    CHECK(result.log_likelihood == Approx(one.log_likelihood).epsilon(1e-9));
    CHECK(result.bic == Approx(one.bic).epsilon(1e-9));
  }
}

TEST_CASE("the log likelihood never falls, whatever the covariance and the dimension") {
  for (const Covariance covariance : all_kinds)
    for (const std::uint32_t d : {1U, 2U, 3U, 9U}) {
      EmOptions options;
      options.k = 6;
      options.covariance = covariance;
      options.max_iterations = 60;
      options.likelihood_tolerance = 0;
      options.seed = d;
      const EmResult result = vqi::cluster::em(overlapping(d, 150, 10 + d), options);
      REQUIRE(result.history.size() == 60);
      INFO("covariance " << static_cast<int>(covariance) << ", d " << d);
      for (std::size_t step = 0; step < result.history.size(); ++step) {
        const double next =
            step + 1 < result.history.size() ? result.history[step + 1].log_likelihood : result.log_likelihood;
        if (result.history[step].restarted == 0)
          CHECK(next >= result.history[step].log_likelihood - 1e-11 * std::abs(next));
      }
      CHECK(std::accumulate(result.mixture.weights.begin(), result.mixture.weights.end(), 0.0) == Approx(1));
    }
}

TEST_CASE("points of weight two count as two points, and those of weight zero not at all") {
  Random random(5);
  const std::vector<double> values = vqi::test::bell_clouds(std::vector<double>{0, 0, 4, 1}, 2, 40, 1, random);
  std::vector<double> weights;
  std::vector<double> repeated;
  for (std::size_t n = 0; n < values.size() / 2; ++n) {
    weights.push_back(static_cast<double>(n % 3));
    for (std::size_t copy = 0; copy < n % 3; ++copy)
      repeated.insert(repeated.end(), {values[2 * n], values[2 * n + 1]});
  }
  const Mixture start{Covariance::full, 2, {0.5, 0.5}, {0, 0, 4, 1}, {1, 0, 0, 1, 1, 0, 0, 1}};
  const EmResult weighted = vqi::cluster::em({values, 2, weights}, exactly(20, start));
  const EmResult plain = vqi::cluster::em({repeated, 2}, exactly(20, start));
  CHECK(weighted.log_likelihood == Approx(plain.log_likelihood).epsilon(1e-12));
  CHECK(weighted.bic == Approx(plain.bic).epsilon(1e-12));
  for (std::size_t i = 0; i < 4; ++i) CHECK(weighted.mixture.means[i] == Approx(plain.mixture.means[i]).epsilon(1e-12));
}

TEST_CASE("a component that collapses onto one point is begun anew, reported, and held by the floor at last") {
  // One point far off: a component that starts on it alone would get ever narrower.
  Random random(6);
  std::vector<double> values = vqi::test::bell_clouds(std::vector<double>{0, 0}, 2, 100, 1, random);
  values.insert(values.end(), {40, 40});
  for (const Covariance covariance : {Covariance::spherical, Covariance::diagonal, Covariance::full}) {
    const std::vector<double> one = covariance == Covariance::spherical  ? std::vector<double>{1}
                                    : covariance == Covariance::diagonal ? std::vector<double>{1, 1}
                                                                         : std::vector<double>{1, 0, 0, 1};
    Mixture start{covariance, 2, {0.5, 0.5}, {0, 0, 40, 40}, one};
    start.covariances.insert(start.covariances.end(), one.begin(), one.end());
    EmOptions options = exactly(50, start);
    options.restarts_max = 2;
    const EmResult result = vqi::cluster::em({values, 2}, options);
    CHECK(result.restarts >= 1);
    CHECK(result.restarts <= 4);
    std::uint32_t told = 0;
    for (const vqi::cluster::EmStep& step : result.history) told += step.restarted;
    CHECK(told == result.restarts);
    CHECK(std::isfinite(result.log_likelihood));
    for (std::size_t k = 0; k < 2; ++k) {
      const double variance = result.mixture.covariances[k * one.size()];
      CHECK(variance > 1e-7);
    }
  }
}

TEST_CASE("a component without points is begun anew where the mixture explains worst") {
  Random random(7);
  const std::vector<double> values = vqi::test::bell_clouds(std::vector<double>{0, 0, 30, 30}, 2, 60, 1, random);
  // The second component starts so far off that no point belongs to it.
  const Mixture start{Covariance::tied_spherical, 2, {0.5, 0.5}, {0, 0, 5000, 5000}, {1}};
  const EmResult result = vqi::cluster::em({values, 2}, exactly(60, start));
  CHECK(result.restarts >= 1);
  CHECK(result.mixture.weights[0] == Approx(0.5).margin(0.01));
  CHECK(result.mixture.means[2] == Approx(30).margin(1));
}

TEST_CASE("EM ends by the likelihood or by the parameters, whichever is asked for") {
  const Points points = overlapping(2, 200, 8);
  EmOptions options;
  options.k = 4;
  options.likelihood_tolerance = 1e-6;
  const EmResult by_likelihood = vqi::cluster::em(points, options);
  CHECK(by_likelihood.converged);
  options.likelihood_tolerance = 0;
  options.parameter_tolerance = 1e-4;
  const EmResult by_parameters = vqi::cluster::em(points, options);
  CHECK(by_parameters.converged);
  CHECK(by_parameters.iterations < options.max_iterations);
  CHECK(by_parameters.iterations != by_likelihood.iterations);
  options.parameter_tolerance = 0;
  options.max_iterations = 7;
  const EmResult neither = vqi::cluster::em(points, options);
  CHECK(neither.iterations == 7);
  CHECK_FALSE(neither.converged);
}

TEST_CASE("equal points, and dimensions in which nothing varies, leave everything finite") {
  for (const Covariance covariance : all_kinds) {
    EmOptions options;
    options.k = 2;
    options.covariance = covariance;
    options.max_iterations = 5;
    const EmResult equal = vqi::cluster::em({std::vector<double>(20, 3.0), 2}, options);
    CHECK(std::isfinite(equal.log_likelihood));
    std::vector<double> flat;
    for (int n = 0; n < 30; ++n) flat.insert(flat.end(), {static_cast<double>(n), 7.0});
    const EmResult one_flat = vqi::cluster::em({flat, 2}, options);
    CHECK(std::isfinite(one_flat.log_likelihood));
    CHECK(one_flat.mixture.means[1] == Approx(7));
  }
}
