// Cuts by the covariance matrix: against trying every cut along the axis, and by moments alone.
#include "matrix_split.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "vector_sets.hpp"

using vqi::detail::CellSplit;
using vqi::detail::VectorRows;
using vqi::test::MadeVectors;
using vqi::test::make_vectors;

namespace {

std::vector<std::uint32_t> all_of(const VectorRows& points) {
  std::vector<std::uint32_t> members(points.size());
  std::iota(members.begin(), members.end(), 0U);
  return members;
}

/// The largest gain of any cut of points on a line.
double best_gain_on_line(const VectorRows& points) {
  std::vector<std::uint32_t> order = all_of(points);
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return points.row(a)[0] < points.row(b)[0]; });
  double weight = 0;
  double sum = 0;
  for (const std::uint32_t n : order) {
    weight += points.weight(n);
    sum += points.weight(n) * double{points.row(n)[0]};
  }
  double first_weight = 0;
  double first_sum = 0;
  double best = 0;
  for (std::size_t i = 0; i + 1 < order.size(); ++i) {
    first_weight += points.weight(order[i]);
    first_sum += points.weight(order[i]) * double{points.row(order[i])[0]};
    const double rest = weight - first_weight;
    const double delta = first_sum / first_weight - (sum - first_sum) / rest;
    best = std::max(best, first_weight * rest / weight * delta * delta);
  }
  return best;
}

struct Sums {
  std::uint64_t weight = 0;
  std::vector<std::int64_t> sum;
  std::vector<vqi::detail::int128> products;
};

Sums sums_of(const vqi::detail::VectorSet& set) {
  Sums sums{0, std::vector<std::int64_t>(set.dimension()), {}};
  sums.products.resize(std::size_t{set.dimension()} * (set.dimension() + 1) / 2);
  for (std::size_t n = 0; n < set.size(); ++n) {
    const std::int64_t weight = set.weights()[n];
    sums.weight += static_cast<std::uint64_t>(weight);
    for (std::uint32_t i = 0, at = 0; i < set.dimension(); ++i) {
      sums.sum[i] += weight * set.scaled(n, i);
      for (std::uint32_t j = 0; j <= i; ++j)
        sums.products[at++] += vqi::detail::int128{weight * set.scaled(n, i)} * set.scaled(n, j);
    }
  }
  return sums;
}

double length(const std::vector<double>& vector) {
  double sum = 0;
  for (const double value : vector) sum += value * value;
  return std::sqrt(sum);
}

}  // namespace

TEST_CASE("a cut on a line gains as much as the best of all cuts, where a bin holds one value") {
  // 100 values: no two share one of the 128 bins.
  for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
    MadeVectors made = make_vectors(1, 128, 400, 256, seed);
    for (std::int32_t& x : made.coordinates) x = (x + 128) * 100 / 256;
    const vqi::detail::VectorSet set = made.set();
    const VectorRows points(set);
    CHECK(vqi::detail::split_cell_by_matrix(points, all_of(points)).gain ==
          Approx(best_gain_on_line(points)).epsilon(1e-9));
  }
}

TEST_CASE("the cut lies across the axis of greatest variance, in every number of dimensions") {
  for (std::uint32_t dimension = 1; dimension <= vqi::detail::matrix_dimensions_max; ++dimension)
    for (std::uint32_t wide = 0; wide < dimension; ++wide) {
      MadeVectors made = make_vectors(dimension, 128, 500);
      for (std::size_t n = 0; n < made.size(); ++n)
        for (std::uint32_t i = 0; i < dimension; ++i)
          if (i != wide) made.coordinates[n * dimension + i] /= 8;
      const vqi::detail::VectorSet set = made.set();
      const VectorRows points(set);
      const CellSplit split = vqi::detail::split_cell_by_matrix(points, all_of(points));
      REQUIRE(split.first.size() == dimension);
      std::vector<double> step(dimension);
      for (std::uint32_t i = 0; i < dimension; ++i) step[i] = split.second[i] - split.first[i];
      CHECK(std::abs(step[wide]) > 0.98 * length(step));
    }
}

TEST_CASE("means and gain of a cut by moments are those of a normal cell's halves") {
  for (const std::uint32_t dimension : {1U, 3U, 6U}) {
    const vqi::detail::VectorSet set = make_vectors(dimension, 128, 500).set();
    const Sums sums = sums_of(set);
    const CellSplit split = vqi::detail::split_by_moments(sums.weight, sums.sum, sums.products);
    REQUIRE(split.first.size() == dimension);
    std::vector<double> step(dimension);
    for (std::uint32_t i = 0; i < dimension; ++i) {
      const double mean = static_cast<double>(sums.sum[i]) / static_cast<double>(sums.weight);
      CHECK((split.first[i] + split.second[i]) / 2 == Approx(mean).margin(1e-6));
      step[i] = (split.second[i] - split.first[i]) / 2;
    }
    // The halves' means lie sqrt(2 / pi) deviations to either side, and the gain is w offset^2.
    CHECK(split.gain == Approx(static_cast<double>(sums.weight) * length(step) * length(step)).epsilon(1e-9));
    double variance = 0;  // along the axis
    for (std::size_t n = 0; n < set.size(); ++n) {
      double along = 0;
      for (std::uint32_t i = 0; i < dimension; ++i)
        along += (set.scaled(n, i) - static_cast<double>(sums.sum[i]) / static_cast<double>(sums.weight)) * step[i] /
                 length(step);
      variance += set.weights()[n] * along * along / static_cast<double>(sums.weight);
    }
    CHECK(length(step) == Approx(std::sqrt(variance * 2 / std::acos(-1.0))).epsilon(1e-4));
  }
}

TEST_CASE("cells without weight or variance are not cut by moments") {
  const std::vector<std::int64_t> sum{0, 0};
  const std::vector<vqi::detail::int128> products{0, 0, 0};
  CHECK(vqi::detail::split_by_moments(0, sum, products).gain == 0);
  const vqi::detail::VectorSet equal = make_vectors(2, 128, 9, 1).set();
  const Sums sums = sums_of(equal);
  CHECK(vqi::detail::split_by_moments(sums.weight, sums.sum, sums.products).gain == 0);
}
