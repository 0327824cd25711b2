// Principal axes by squaring the covariance matrix, with the dimension known to the compiler.
#include "matrix_split.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace vqi {
namespace {

/// The matrix to the power of 2^4: its columns then point along the first principal component.
constexpr int squarings = 4;
constexpr std::size_t histogram_bins = 128;

template <std::size_t D>
using Vector = std::array<double, D>;

/// Weight, sum and, once finished, covariance of a cell times its weight.
template <std::size_t D>
struct Moments {
  double weight = 0;
  Vector<D> sum{};
  std::array<Vector<D>, D> covariance{};
};

template <std::size_t D>
Moments<D> moments_of(const PointRows& points, std::span<const std::uint32_t> members) {
  Moments<D> moments;
  for (const std::uint32_t n : members) {
    const float* const x = points.row(n);
    const double weight = points.weight(n);
    moments.weight += weight;
    for (std::size_t i = 0; i < D; ++i) {
      const double weighted = weight * double{x[i]};
      moments.sum[i] += weighted;
      for (std::size_t j = 0; j <= i; ++j) moments.covariance[i][j] += weighted * double{x[j]};
    }
  }
  for (std::size_t i = 0; i < D; ++i)
    for (std::size_t j = 0; j <= i; ++j) {
      moments.covariance[i][j] -= moments.sum[i] * moments.sum[j] / moments.weight;
      moments.covariance[j][i] = moments.covariance[i][j];
    }
  return moments;
}

template <std::size_t D>
Vector<D> first_unit_vector() {
  Vector<D> unit{};
  unit[0] = 1;
  return unit;
}

/// The first principal component, of length 1.
template <std::size_t D>
Vector<D> principal_axis(std::array<Vector<D>, D> matrix) {
  for (int step = 0; step < squarings; ++step) {
    double trace = 0;
    for (std::size_t i = 0; i < D; ++i) trace += matrix[i][i];
    if (trace <= 0) return first_unit_vector<D>();
    const double scale = 1.0 / trace;
    for (Vector<D>& row : matrix)
      for (double& value : row) value *= scale;
    std::array<Vector<D>, D> square{};
    for (std::size_t i = 0; i < D; ++i)
      for (std::size_t j = 0; j < D; ++j)
        for (std::size_t k = 0; k < D; ++k) square[i][j] += matrix[i][k] * matrix[k][j];
    matrix = square;
  }
  // The column of the largest diagonal entry is never orthogonal to the first component.
  std::size_t widest = 0;
  for (std::size_t i = 1; i < D; ++i)
    if (matrix[i][i] > matrix[widest][widest]) widest = i;
  Vector<D> axis = matrix[widest];
  double norm = 0;
  for (const double value : axis) norm += value * value;
  if (norm <= 0) return first_unit_vector<D>();
  const double scale = 1.0 / std::sqrt(norm);
  for (double& value : axis) value *= scale;
  return axis;
}

template <std::size_t D>
double dot(const Vector<D>& axis, const float* x) {
  double sum = 0;
  for (std::size_t i = 0; i < D; ++i) sum += axis[i] * double{x[i]};
  return sum;
}

/// Weight and sum of a part of the cell.
template <std::size_t D>
struct Part {
  double weight = 0;
  Vector<D> sum{};
};

/// What lies below the mean along the axis.
template <std::size_t D>
Part<D> part_below_mean(const PointRows& points, std::span<const std::uint32_t> members, const Moments<D>& moments,
                        const Vector<D>& axis) {
  double mean = 0;
  for (std::size_t i = 0; i < D; ++i) mean += axis[i] * (moments.sum[i] / moments.weight);
  Part<D> part;
  for (const std::uint32_t n : members) {
    const float* const x = points.row(n);
    // No branch: half of the members go each way.
    const double weight = dot(axis, x) < mean ? points.weight(n) : 0.0;
    part.weight += weight;
    for (std::size_t i = 0; i < D; ++i) part.sum[i] += weight * double{x[i]};
  }
  return part;
}

/// The part whose cut saves most, to the resolution of a histogram along the axis.
template <std::size_t D>
Part<D> best_part(const PointRows& points, std::span<const std::uint32_t> members, const Moments<D>& moments,
                  const Vector<D>& axis) {
  std::vector<double> offsets(members.size());
  for (std::size_t m = 0; m < members.size(); ++m) offsets[m] = dot(axis, points.row(members[m]));
  const auto [low, high] = std::minmax_element(offsets.begin(), offsets.end());
  Part<D> part;
  if (*high <= *low) return part;
  std::array<Part<D>, histogram_bins> bins{};
  const double first = *low;
  const double scale = histogram_bins / (*high - *low);
  for (std::size_t m = 0; m < members.size(); ++m) {
    Part<D>& bin = bins[std::min(static_cast<std::size_t>((offsets[m] - first) * scale), histogram_bins - 1)];
    const double weight = points.weight(members[m]);
    bin.weight += weight;
    for (std::size_t i = 0; i < D; ++i) bin.sum[i] += weight * double{points.row(members[m])[i]};
  }
  Part<D> below;
  double best_gain = -1;
  for (std::size_t b = 0; b + 1 < histogram_bins; ++b) {
    below.weight += bins[b].weight;
    for (std::size_t i = 0; i < D; ++i) below.sum[i] += bins[b].sum[i];
    const double rest = moments.weight - below.weight;
    if (below.weight <= 0 || rest <= 0) continue;
    double along = 0;
    for (std::size_t i = 0; i < D; ++i)
      along += axis[i] * (below.sum[i] - below.weight * (moments.sum[i] / moments.weight));
    // Offsets are from the mean, so the two parts' sums cancel.
    const double gain = along * along * (1.0 / below.weight + 1.0 / rest);
    if (gain > best_gain) {
      best_gain = gain;
      part = below;
    }
  }
  return part;
}

template <std::size_t D>
CellSplit split(const PointRows& points, std::span<const std::uint32_t> members, Cut cut) {
  const Moments<D> moments = moments_of<D>(points, members);
  const Vector<D> axis = principal_axis<D>(moments.covariance);
  const Part<D> part = cut == Cut::best ? best_part<D>(points, members, moments, axis)
                                        : part_below_mean<D>(points, members, moments, axis);
  CellSplit split;
  const double rest = moments.weight - part.weight;
  if (part.weight <= 0 || rest <= 0) return split;
  split.first.resize(D);
  split.second.resize(D);
  double distance = 0;
  for (std::size_t i = 0; i < D; ++i) {
    split.first[i] = part.sum[i] / part.weight;
    split.second[i] = (moments.sum[i] - part.sum[i]) / rest;
    const double delta = split.first[i] - split.second[i];
    distance += delta * delta;
  }
  split.gain = part.weight * rest / moments.weight * distance;
  return split;
}

}  // namespace

CellSplit split_cell_by_matrix(const PointRows& points, std::span<const std::uint32_t> members, Cut cut) {
  switch (points.dimension()) {
    case 1:
      return split<1>(points, members, cut);
    case 2:
      return split<2>(points, members, cut);
    case 3:
      return split<3>(points, members, cut);
    case 4:
      return split<4>(points, members, cut);
    case 5:
      return split<5>(points, members, cut);
    default:
      return split<matrix_dimensions_max>(points, members, cut);
  }
}

}  // namespace vqi
