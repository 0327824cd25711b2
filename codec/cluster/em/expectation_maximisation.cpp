// The loop of EM steps, restarts of collapsed components, and the tests for convergence.
#include "expectation_maximisation.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "expectation.hpp"
#include "gaussian_density.hpp"
#include "maximisation.hpp"

namespace vqi::cluster::detail {
namespace {

/// The number of EM steps is not known beforehand: progress after n steps is n / (n + half_progress_steps).
constexpr double half_progress_steps = 40;

/// The mean of the components' covariances, weighted by the components' weights.
std::vector<double> pooled_covariance(const Mixture& mixture) {
  const std::size_t numbers = covariance_numbers(mixture.covariance, mixture.dimension);
  std::vector<double> pooled(numbers);
  double weight = 0;
  for (std::size_t k = 0; k < mixture.size(); ++k) {
    weight += mixture.weights[k];
    for (std::size_t i = 0; i < numbers; ++i) pooled[i] += mixture.weights[k] * mixture.covariances[k * numbers + i];
  }
  for (double& value : pooled) value /= weight;
  return pooled;
}

/// The `count` points at which the mixture's density is lowest, by ascending density, then by ascending index.
std::vector<std::size_t> worst_explained(const PointTiles& points, const Mixture& mixture, std::size_t count,
                                         const ThreadPool& pool) {
  const std::vector<double> densities = evaluate(density_table(mixture, WorkPulse(pool)), points, pool).log_densities;
  std::vector<std::size_t> order;
  for (std::size_t n = 0; n < points.size(); ++n)
    if (points.weight(n) > 0) order.push_back(n);
  count = std::min(count, order.size());
  std::partial_sort(
      order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count), order.end(),
      [&](std::size_t a, std::size_t b) { return densities[a] != densities[b] ? densities[a] < densities[b] : a < b; });
  order.resize(count);
  return order;
}

/// Moves components to the points of lowest density, with weight 1 / k and the mean covariance of all components; then
/// scales all weights to a sum of 1.
void restart(const PointTiles& points, std::span<const std::size_t> components, const ThreadPool& pool,
             Mixture& mixture) {
  const std::vector<std::size_t> worst = worst_explained(points, mixture, components.size(), pool);
  const bool tied = is_tied(mixture.covariance);
  const std::vector<double> covariance = tied ? mixture.covariances : pooled_covariance(mixture);
  for (std::size_t i = 0; i < worst.size(); ++i) {
    const std::size_t k = components[i];
    points.read(worst[i], std::span(mixture.means).subspan(k * mixture.dimension, mixture.dimension));
    mixture.weights[k] = 1.0 / static_cast<double>(mixture.size());
    if (!tied)
      std::copy(covariance.begin(), covariance.end(),
                mixture.covariances.begin() + static_cast<std::ptrdiff_t>(k * covariance.size()));
  }
  const double sum = std::accumulate(mixture.weights.begin(), mixture.weights.end(), 0.0);
  for (double& weight : mixture.weights) weight /= sum;
}

/// The largest move of a mean in one dimension, in standard deviations of the data in that dimension.
double largest_move(const ComponentMoments& moments, const PointStatistics& statistics) {
  double largest = 0;
  const std::size_t d = statistics.variances.size();
  for (std::size_t i = 0; i < moments.shifts.size(); ++i)
    if (statistics.variances[i % d] > 0)
      largest = std::max(largest, std::abs(moments.shifts[i]) / std::sqrt(statistics.variances[i % d]));
  return largest;
}

/// The collapsed components that were restarted fewer than restarts_max times; counts the new restart of each.
std::vector<std::size_t> restartable(const std::vector<std::size_t>& collapsed, std::uint32_t restarts_max,
                                     std::vector<std::uint32_t>& restarts) {
  std::vector<std::size_t> components;
  for (const std::size_t k : collapsed)
    if (restarts[k] < restarts_max) {
      ++restarts[k];
      components.push_back(k);
    }
  return components;
}

/// Covariances for all components, each with the variances of all the data and no correlations, none below the floor.
std::vector<double> data_covariances(const PointStatistics& statistics, const VarianceFloor& floor,
                                     Covariance covariance, std::size_t k_count) {
  const std::size_t d = statistics.variances.size();
  const auto variance = [&](std::size_t i) { return std::max(statistics.variances[i], floor.of_dimension[i]); };
  std::vector<double> one;
  if (form_of(covariance) == MatrixForm::spherical) one = {std::max(statistics.mean_variance, floor.spherical)};
  if (form_of(covariance) == MatrixForm::full) one.resize(d * d);
  for (std::size_t i = 0; i < d; ++i) {
    if (form_of(covariance) == MatrixForm::diagonal) one.push_back(variance(i));
    if (form_of(covariance) == MatrixForm::full) one[i * d + i] = variance(i);
  }
  std::vector<double> all;
  for (std::size_t k = 0; k < (is_tied(covariance) ? 1 : k_count); ++k) all.insert(all.end(), one.begin(), one.end());
  return all;
}

/// Adds weight * difference difference^T in the layout of ComponentMoments::scatter.
void add_scatter(std::span<const double> difference, double weight, MatrixForm form, double* scatter) {
  for (std::size_t i = 0; i < difference.size(); ++i) {
    const double share = weight * difference[i];
    if (form == MatrixForm::spherical) *scatter += share * difference[i];
    if (form == MatrixForm::diagonal) scatter[i] += share * difference[i];
    if (form == MatrixForm::full)
      for (std::size_t j = 0; j <= i; ++j) *scatter++ += share * difference[j];
  }
}

/// sum w r |x - mu|^2: the traces of all scatters.
double soft_distortion(const ComponentMoments& moments, const Mixture& mixture) {
  const MatrixForm form = form_of(mixture.covariance);
  if (form != MatrixForm::full) return std::accumulate(moments.scatter.begin(), moments.scatter.end(), 0.0);
  const std::size_t d = mixture.dimension;
  const std::size_t numbers = d * (d + 1) / 2;  // rows of the lower triangle
  double sum = 0;
  for (std::size_t first = 0; first < moments.scatter.size(); first += numbers)
    for (std::size_t i = 0; i < d; ++i) sum += moments.scatter[first + i * (i + 3) / 2];
  return sum;
}

}  // namespace

EmResult maximise_likelihood(const PointTiles& points, const Mixture& start, const EmOptions& options,
                             const Work& work) {
  const PointStatistics statistics = point_statistics(points, work.pool);
  const VarianceFloor floor(statistics, options.variance_floor);
  const WorkPulse pulse(work.pool);
  std::vector<std::uint32_t> restarts(start.size());
  EmResult result;
  result.mixture = start;
  bool small_move = false;
  for (;;) {
    const ComponentMoments moments =
        accumulate_moments(density_table(result.mixture, pulse), is_tied(start.covariance), points, work);
    const double rise = (moments.log_likelihood - result.log_likelihood) / points.total_weight();
    result.log_likelihood = moments.log_likelihood;
    const bool restarted = !result.history.empty() && result.history.back().restarted > 0;
    if (!result.history.empty() && !restarted)
      result.converged = (options.likelihood_tolerance > 0 && rise < options.likelihood_tolerance) || small_move;
    if (result.converged || result.iterations == options.max_iterations) break;
    Maximised next = maximise(result.mixture, moments, points.total_weight(), floor, pulse);
    result.mixture = std::move(next.mixture);
    small_move = largest_move(moments, statistics) < options.parameter_tolerance;
    EmStep step{moments.log_likelihood, soft_distortion(moments, start) / points.total_weight(), 0};
    const std::vector<std::size_t> again = restartable(next.collapsed, options.restarts_max, restarts);
    if (!again.empty()) restart(points, again, work.pool, result.mixture);
    step.restarted = static_cast<std::uint32_t>(again.size());
    result.restarts += step.restarted;
    result.history.push_back(step);
    ++result.iterations;
    work.progress.report(1.0 - half_progress_steps / (half_progress_steps + result.iterations));
    work.progress.throw_if_cancelled();
  }
  result.bic = bic_of(result.mixture, result.log_likelihood, points.total_weight());
  return result;
}

Mixture mixture_of_cells(const PointTiles& points, std::span<const std::uint32_t> assignment,
                         std::span<const double> means, const EmOptions& options, const ThreadPool& pool) {
  const std::size_t d = points.dimension();
  const std::size_t k_count = means.size() / d;
  const MatrixForm form = form_of(options.covariance);
  const PointStatistics statistics = point_statistics(points, pool);
  const VarianceFloor floor(statistics, options.variance_floor);
  Mixture wide{options.covariance, points.dimension(), std::vector<double>(k_count), {means.begin(), means.end()}, {}};
  wide.covariances = data_covariances(statistics, floor, options.covariance, k_count);

  // An E-step whose responsibilities are 0 and 1.
  const bool tied = is_tied(options.covariance);
  const std::size_t numbers = matrix_numbers(form, d);
  ComponentMoments moments;
  moments.weights.resize(k_count);
  moments.shifts.resize(k_count * d);
  moments.scatter.resize((tied ? 1 : k_count) * numbers);
  std::vector<double> difference(d);
  WorkPulse pulse(pool);
  for (std::size_t n = 0; n < points.size(); ++n) {
    pulse.add(4 * (d + numbers));
    const std::size_t k = assignment[n];
    const double weight = points.weight(n);
    for (std::size_t i = 0; i < d; ++i) {
      difference[i] = points.at(n, static_cast<std::uint32_t>(i)) - means[k * d + i];
      moments.shifts[k * d + i] += weight * difference[i];
    }
    moments.weights[k] += weight;
    add_scatter(difference, weight, form, moments.scatter.data() + (tied ? 0 : k * numbers));
  }
  for (std::size_t i = 0; i < moments.shifts.size(); ++i)
    if (moments.weights[i / d] > 0) moments.shifts[i] /= moments.weights[i / d];
  return maximise(wide, moments, points.total_weight(), floor, pulse).mixture;
}

}  // namespace vqi::cluster::detail
