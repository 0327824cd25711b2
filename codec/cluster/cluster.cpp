// The public calls on points of doubles: each checks its arguments, starts the threads and runs what kmeans/, em/ and
// gap/ hold. An image's codebook is trained elsewhere, on exact integers: train/kmeans.hpp.
#include "vqi/cluster.hpp"

#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "annealing.hpp"
#include "argument_checks.hpp"
#include "best_of_starts.hpp"
#include "expectation.hpp"
#include "expectation_maximisation.hpp"
#include "gap_statistic.hpp"
#include "gaussian_density.hpp"
#include "symmetric_matrix.hpp"

namespace vqi::cluster {
using namespace detail;
namespace {

/// How far the sum of a given mixture's weights may be from 1.
constexpr double weight_sum_error_max = 1e-6;

[[noreturn]] void refuse(const std::string& words) { throw Error(ErrorCode::invalid_option, words); }

void require(bool holds, const std::string& words) {
  if (!holds) refuse(words);
}

void check_k(std::uint32_t k, const Points& points) {
  require(k >= 1 && k <= points.size(),
          "k is " + std::to_string(k) + "; it must be 1 to the number of points, " + std::to_string(points.size()));
}

void check_length(const std::vector<double>& values, std::size_t length, const char* name) {
  require(values.size() == length, std::string(name) + " has " + std::to_string(values.size()) +
                                       " numbers; it must have " + std::to_string(length));
  for (const double value : values)
    require(std::isfinite(value), std::string(name) + " has a number that is not finite");
}

void check_covariances(const Mixture& mixture) {
  const std::size_t d = mixture.dimension;
  const std::size_t numbers = covariance_numbers(mixture.covariance, d);
  WorkPulse pulse;
  for (std::size_t first = 0; first < mixture.covariances.size(); first += numbers) {
    const auto one = std::span(mixture.covariances).subspan(first, numbers);
    bool positive = true;
    if (form_of(mixture.covariance) == MatrixForm::full)
      positive = !cholesky_factor(one, d, pulse).empty();
    else
      for (const double variance : one) positive = positive && variance > 0;
    require(positive, "start has a covariance that is not positive definite");
  }
}

void check_start(const Mixture& start, const EmOptions& options, const Points& points) {
  require(start.dimension == points.dimension() && start.covariance == options.covariance,
          "start has another dimension or covariance than points and options");
  const std::size_t matrices = is_tied(start.covariance) ? 1 : options.k;
  check_length(start.weights, options.k, "start.weights");
  check_length(start.means, std::size_t{options.k} * start.dimension, "start.means");
  check_length(start.covariances, matrices * covariance_numbers(start.covariance, start.dimension),
               "start.covariances");
  double sum = 0;
  for (const double weight : start.weights) {
    require(weight >= 0, "start.weights has a negative number");
    sum += weight;
  }
  require(std::abs(sum - 1) < weight_sum_error_max, "start.weights do not add up to 1");
  check_covariances(start);
}

/// Throws Error{limit_exceeded} if this number of copies of the points passes the limit of memory.
void check_points_memory(const Points& points, std::uint64_t copies, const RunOptions& run) {
  const std::uint64_t point_bytes = sizeof(double) * (std::uint64_t{points.dimension()} + 1);
  check_memory(copies * points.size() * point_bytes, run, "clustering");
}

PointTiles tiles_of(const Points& points) {
  PointTiles tiles(points.dimension(), points.size());
  for (std::size_t n = 0; n < points.size(); ++n) tiles.append(points.row(n), points.weight(n));
  return tiles;
}

}  // namespace

Points::Points(std::vector<double> values, std::uint32_t dimension, std::vector<double> weights)
    : values_(std::move(values)), dimension_(dimension), weights_(std::move(weights)) {
  require(dimension >= 1, "dimension is 0; it must be at least 1");
  require(!values_.empty() && values_.size() % dimension == 0, "there are " + std::to_string(values_.size()) +
                                                                   " values; it must be a multiple of the dimension, " +
                                                                   std::to_string(dimension) + ", above 0");
  const std::size_t count = values_.size() / dimension;
  require(count <= std::numeric_limits<std::uint32_t>::max(), "there are more than 2^32 - 1 points");
  if (weights_.empty()) weights_.assign(count, 1.0);
  check_length(values_, count * dimension, "values");
  check_length(weights_, count, "weights");
  for (const double weight : weights_) {
    require(weight >= 0, "weights has a negative number");
    total_weight_ += weight;
  }
  require(total_weight_ > 0 && std::isfinite(total_weight_), "weights are all 0, or too large to be added");
}

KmeansResult kmeans(const Points& points, const KmeansOptions& options, const RunOptions& run) {
  check_k(options.k, points);
  require(options.lambda >= 0 && std::isfinite(options.lambda), "lambda is negative or not finite");
  require(options.tolerance >= 0, "tolerance is negative");
  if (!options.means.empty()) check_length(options.means, std::size_t{options.k} * points.dimension(), "means");
  check_points_memory(points, 1, run);
  const CallWork work(run);
  work.progress.begin(Stage::train);
  const PointTiles tiles = tiles_of(points);
  if (!options.means.empty())
    return point_lloyd(tiles,
                       {.max_iterations = options.max_iterations,
                        .lambda = options.lambda,
                        .start = options.means,
                        .tolerance = options.tolerance},
                       work);
  Random random(options.seed);
  return best_of_starts(tiles, options, random, work);
}

EmResult em(const Points& points, const EmOptions& options, const RunOptions& run) {
  check_k(options.k, points);
  require(options.variance_floor > 0 && options.variance_floor < 1, "variance_floor must be above 0 and below 1");
  require(options.likelihood_tolerance >= 0 && options.parameter_tolerance >= 0, "a tolerance is negative");
  check_enumerator(options.covariance, Covariance::full, "covariance");
  check_covariance_numbers(options.covariance, points.dimension(), options.k);
  if (options.start)
    check_start(*options.start, options, points);
  else if (!options.start_means.empty())
    check_length(options.start_means, std::size_t{options.k} * points.dimension(), "start_means");
  check_points_memory(points, 1, run);
  const CallWork work(run);
  work.progress.begin(Stage::train);
  const PointTiles tiles = tiles_of(points);
  Mixture start;
  if (options.start) {
    start = *options.start;
  } else {
    KmeansOptions kmeans_options;
    kmeans_options.k = options.k;
    Random random(options.seed);
    const KmeansResult found =
        options.start_means.empty()
            ? best_of_starts(tiles, kmeans_options, random, work)
            : point_lloyd(tiles, {.max_iterations = 0, .lambda = 0, .start = options.start_means}, work);
    start = mixture_of_cells(tiles, found.assignment, found.means, options, work.pool);
  }
  EmResult result = maximise_likelihood(tiles, start, options, work);
  result.assignment = evaluate(density_table(result.mixture, WorkPulse(work.pool)), tiles, work.pool).components;
  result.assignment.resize(points.size());
  return result;
}

AnnealResult anneal(const Points& points, const AnnealOptions& options, const RunOptions& run) {
  check_k(options.k, points);
  require(options.cooling > 0 && options.cooling < 1, "cooling must be above 0 and below 1");
  require(options.first_eps >= 0 && std::isfinite(options.first_eps) && options.last_eps >= 0 &&
              std::isfinite(options.last_eps),
          "first_eps and last_eps must be finite and not negative");
  require(options.first_eps == 0 || options.last_eps <= options.first_eps, "last_eps is above first_eps");
  check_points_memory(points, 1, run);
  const CallWork work(run);
  work.progress.begin(Stage::train);
  const PointTiles tiles = tiles_of(points);
  Annealed annealed = cool(tiles, options, work);
  AnnealResult result;
  result.clusters = point_lloyd(
      tiles, {.max_iterations = KmeansOptions{}.max_iterations, .lambda = 0, .start = annealed.means}, work);
  result.history = std::move(annealed.history);
  return result;
}

GapResult gap(const Points& points, const GapOptions& options, const RunOptions& run) {
  check_gap_options(options);
  const CallWork work(run);
  check_points_memory(points, sets_in_memory(options, work.pool), run);
  work.progress.begin(Stage::train);
  return gap_of(tiles_of(points), 0, options, work);
}

}  // namespace vqi::cluster
