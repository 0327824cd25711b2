// find_lambda: ends near the bound, at a better lambda than the default, within its number of trials.
#include "lambda_search.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

namespace {

/// A figure that is a line in ln K and ln lambda, and what meeting its bound costs: least at `best_part` of the
/// default lambda.
struct Model {
  double k_slope = 3.5;
  double lambda_slope = 0.5;
  double crossing = 100;  ///< the K of a residual of 0 with the default lambda
  double best_part = 1;
  bool meets_above = true;
  double plateau = 0;  ///< lambdas whose logarithm is this near to the default one's give what that gives
};

struct Found {
  int trials = 0;
  bool met = false;
  std::uint32_t k = 0;
  double part = 0;        ///< of the default lambda
  double first_part = 0;  ///< in the first trial that is not at the default
  double residual = 0;
};

Found search(const Model& model, std::uint32_t k_max, double guess, double slope_factor = 1, double lambda_part = 1) {
  Found found;
  double least = std::numeric_limits<double>::infinity();
  const vqi::detail::LambdaSearch settings{
      k_max, guess, model.k_slope * slope_factor, model.lambda_slope * slope_factor, 0.01, model.meets_above};
  vqi::detail::find_lambda(settings, [&](std::uint32_t k, std::optional<double> asked) {
    REQUIRE(k >= 1);
    REQUIRE(k <= k_max);
    ++found.trials;
    const double usual = 1000 / std::pow(k, 0.9);
    const double lambda = asked.value_or(usual);
    const double exact_part = lambda > 0 ? lambda / usual : 1e-6;
    if (asked && found.first_part == 0) found.first_part = exact_part;
    const double part = std::abs(std::log(exact_part)) < model.plateau ? 1 : exact_part;
    vqi::detail::LambdaTrial result;
    result.lambda = lambda;
    result.lambda_part = lambda_part;
    result.residual = model.k_slope * std::log(k / model.crossing) - model.lambda_slope * std::log(part);
    result.meets = model.meets_above ? result.residual >= 0 : result.residual <= 0;
    const double cost = std::abs(result.residual) + std::pow(std::log(part / model.best_part), 2) / 20;
    if (result.meets && cost < least) {
      least = cost;
      result.best = true;
      found.met = true;
      found.k = k;
      found.part = part;
      found.residual = result.residual;
    }
    return result;
  });
  return found;
}

}  // namespace

TEST_CASE("a bound is just met from guesses and slopes that are off, from either side") {
  for (const bool meets_above : {true, false})
    for (const double crossing : {20.4, 100.0, 3000.7})
      for (const double guess_factor : {0.3, 1.0, 4.0})
        for (const double slope_factor : {0.6, 1.0, 1.7}) {
          CAPTURE(meets_above, crossing, guess_factor, slope_factor);
          const Found found =
              search({3.5, 0.5, crossing, 1, meets_above}, 65536, crossing * guess_factor, slope_factor);
          CHECK(found.met);
          CHECK(std::abs(found.residual) <= 0.05);
          CHECK(found.trials <= 30);
        }
}

TEST_CASE("K and lambda move together to where the bound costs least") {
  for (const bool meets_above : {true, false}) {
    CAPTURE(meets_above);
    CHECK(search({3.5, 0.5, 100, 3, meets_above}, 65536, 100).part > 1.5);
    CHECK(search({3.5, 0.5, 100, 0.3, meets_above}, 65536, 100).part < 0.7);
    const Found usual = search({3.5, 0.5, 100, 1, meets_above}, 65536, 100);
    CHECK(usual.part > 0.7);
    CHECK(usual.part < 1.5);
    CHECK(usual.trials <= 14);
  }
}

TEST_CASE(
    "the bound is met first at the part of the default lambda that is asked for, and left where another is better") {
  for (const bool meets_above : {true, false}) {
    CAPTURE(meets_above);
    const Found stays = search({3.5, 0.5, 100, 2, meets_above}, 65536, 100, 1, 2);
    CHECK(stays.first_part == Approx(2).epsilon(0.15));
    CHECK(stays.part == Approx(2).epsilon(0.25));
    CHECK(std::abs(stays.residual) <= 0.05);
    CHECK(stays.trials <= 14);
    CHECK(search({3.5, 0.5, 100, 1, meets_above}, 65536, 100, 1, 2).part < 1.6);
    CHECK(search({3.5, 0.5, 100, 6, meets_above}, 65536, 100, 1, 2).part > 3);
  }
}

TEST_CASE("few codewords, whose figures are far apart, are tuned by lambda alone") {
  for (const bool meets_above : {true, false}) {
    const Found found = search({3.5, 0.5, 2.2, 1, meets_above}, 3, 2);
    CAPTURE(meets_above, found.k, found.part);
    CHECK(found.met);
    CHECK(std::abs(found.residual) <= 0.05);
  }
}

TEST_CASE("what only an end meets is found there, and what none meets is not") {
  // Met at k_max by a small lambda, or by K = 1.
  CHECK(search({3.5, 0.5, 300, 1, true}, 256, 16).met);
  CHECK(search({3.5, 0.5, 0.9, 1, false}, 256, 16).k == 1);
  CHECK_FALSE(search({3.5, 0.5, 0.1, 1, false}, 256, 16).met);
  const Found all = search({3.5, 0.5, 1e5, 1, false}, 256, 16);
  CHECK(all.met);
  CHECK(all.k == 256);
  const Found none = search({3.5, 0.5, 1e9, 1, true}, 256, 16);
  CHECK_FALSE(none.met);
  CHECK(none.trials <= 30);
  CHECK(search({3.5, 0.5, 0.5, 1, true}, 256, 16).met);
}

TEST_CASE("a bound that is just missed, and at nearby lambdas too, is met with a nearby K") {
  for (const bool meets_above : {true, false}) {
    const double guess = meets_above ? 97 : 103;
    const Found found = search({0.6, 0.25, 100, 1, meets_above, 0.3}, 1000, guess);
    CHECK(found.met);
    CHECK(found.k > 60);
    CHECK(found.k < 160);
  }
}

TEST_CASE("where lambda only jumps over the bound K alone comes near it") {
  constexpr double near_enough = 0.002;
  for (const bool meets_above : {true, false})
    for (const double edge : {2.0, 5.0})
      for (const double crossing : {60.0, 90.0, 100.0, 130.0, 220.0}) {
        CAPTURE(meets_above, edge, crossing);
        int trials = 0;
        double nearest = std::numeric_limits<double>::infinity();
        vqi::detail::find_lambda(
            {65536, 100, 0.6, 0.25, near_enough, meets_above}, [&](std::uint32_t k, std::optional<double> lambda) {
              ++trials;
              const double usual = 1000 / std::pow(k, 0.9);
              const double part = lambda.value_or(usual) / usual;
              const double high = meets_above ? 0.3 : 0.04;
              const double low = meets_above ? -0.04 : -0.3;
              vqi::detail::LambdaTrial result;
              result.lambda = lambda.value_or(usual);
              result.residual = 0.6 * std::log(k / crossing) + (part < (meets_above ? 1 / edge : edge) ? high : low);
              result.meets = meets_above ? result.residual >= 0 : result.residual <= 0;
              result.best = result.meets && std::abs(result.residual) < nearest;
              if (result.best) nearest = std::abs(result.residual);
              return result;
            });
        CHECK(nearest <= 5 * near_enough);
        CHECK(trials <= 14);
      }
}
