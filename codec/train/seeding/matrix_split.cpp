// Principal axes by squaring the covariance matrix, in templates over the dimension.
#include "matrix_split.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <type_traits>
#include <vector>

namespace vqi::detail {
namespace {

/// The covariance matrix is squared this many times, to its power of 2^4: its columns then point along the first
/// principal component.
constexpr int squarings = 4;
/// Bins along the axis, between which the cut is placed.
constexpr std::size_t histogram_bins = 128;

template <std::size_t D>
using Vector = std::array<double, D>;

/// Moments of a cell: weight, sum and sums of products; finish() makes the last the covariance times the weight.
template <std::size_t D>
struct Moments {
  double weight = 0;
  Vector<D> sum{};
  std::array<Vector<D>, D> covariance{};
};

/// Turns the sums of products, of which j <= i are given, into the covariance times the weight.
template <std::size_t D>
void finish(Moments<D>& moments) {
  for (std::size_t i = 0; i < D; ++i)
    for (std::size_t j = 0; j <= i; ++j) {
      moments.covariance[i][j] -= moments.sum[i] * moments.sum[j] / moments.weight;
      moments.covariance[j][i] = moments.covariance[i][j];
    }
}

template <std::size_t D>
Moments<D> moments_of(const VectorRows& rows, std::span<const std::uint32_t> members, WorkPulse& pulse) {
  Moments<D> moments;
  pulse.in_portions(0, members.size(), D * D, [&](std::size_t first, std::size_t last) {
    for (const std::uint32_t n : members.subspan(first, last - first)) {
      const float* const x = rows.row(n);
      const double weight = rows.weight(n);
      moments.weight += weight;
      for (std::size_t i = 0; i < D; ++i) {
        const double weighted = weight * double{x[i]};
        moments.sum[i] += weighted;
        for (std::size_t j = 0; j <= i; ++j) moments.covariance[i][j] += weighted * double{x[j]};
      }
    }
  });
  finish(moments);
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
  // The column with the largest diagonal value is never orthogonal to the first principal component.
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

/// Weight and weighted sum of a part of a cell.
template <std::size_t D>
struct Part {
  double weight = 0;
  Vector<D> sum{};
};

/// The part below the cut that saves most, to the resolution of a histogram along the axis.
template <std::size_t D>
Part<D> best_part(const VectorRows& rows, std::span<const std::uint32_t> members, const Moments<D>& moments,
                  const Vector<D>& axis, WorkPulse& pulse) {
  std::vector<double> offsets(members.size());
  pulse.in_portions(0, members.size(), D, [&](std::size_t begin, std::size_t end) {
    for (std::size_t m = begin; m < end; ++m) offsets[m] = dot(axis, rows.row(members[m]));
  });
  const auto [low, high] = std::minmax_element(offsets.begin(), offsets.end());
  Part<D> part;
  if (*high <= *low) return part;
  std::array<Part<D>, histogram_bins> bins{};
  const double first = *low;
  const double scale = histogram_bins / (*high - *low);
  pulse.in_portions(0, members.size(), D, [&](std::size_t begin, std::size_t end) {
    for (std::size_t m = begin; m < end; ++m) {
      Part<D>& bin = bins[std::min(static_cast<std::size_t>((offsets[m] - first) * scale), histogram_bins - 1)];
      const double weight = rows.weight(members[m]);
      bin.weight += weight;
      for (std::size_t i = 0; i < D; ++i) bin.sum[i] += weight * double{rows.row(members[m])[i]};
    }
  });
  Part<D> below;
  double best_gain = -1;
  for (std::size_t b = 0; b + 1 < histogram_bins; ++b) {
    if (bins[b].weight == 0) continue;  // a cell of few vectors leaves most bins empty
    below.weight += bins[b].weight;
    for (std::size_t i = 0; i < D; ++i) below.sum[i] += bins[b].sum[i];
    const double rest = moments.weight - below.weight;
    if (rest <= 0) continue;
    double along = 0;
    for (std::size_t i = 0; i < D; ++i)
      along += axis[i] * (below.sum[i] - below.weight * (moments.sum[i] / moments.weight));
    // These sums are relative to the mean, so the sums of both parts cancel.
    const double gain = along * along * (1.0 / below.weight + 1.0 / rest);
    if (gain > best_gain) {
      best_gain = gain;
      part = below;
    }
  }
  return part;
}

template <std::size_t D>
CellSplit split(const VectorRows& rows, std::span<const std::uint32_t> members, WorkPulse& pulse) {
  const Moments<D> moments = moments_of<D>(rows, members, pulse);
  const Vector<D> axis = principal_axis<D>(moments.covariance);
  const Part<D> part = best_part<D>(rows, members, moments, axis, pulse);
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

/// sqrt(2 / pi) to 16 bits; a literal, so that neither compiler nor library can change codewords.
constexpr double half_mean_deviations = 52291.0 / 65536.0;

template <std::size_t D>
CellSplit split_normal(double weight, std::span<const std::int64_t> sum, std::span<const int128> products) {
  Moments<D> moments;
  moments.weight = weight;
  for (std::size_t i = 0, at = 0; i < D; ++i) {
    moments.sum[i] = static_cast<double>(sum[i]);
    for (std::size_t j = 0; j <= i; ++j) moments.covariance[i][j] = static_cast<double>(products[at++]);
  }
  finish(moments);
  const Vector<D> axis = principal_axis<D>(moments.covariance);
  double variance = 0;  // along the axis, times the weight
  for (std::size_t i = 0; i < D; ++i)
    for (std::size_t j = 0; j < D; ++j) variance += axis[i] * axis[j] * moments.covariance[i][j];
  CellSplit split;
  if (!(variance > 0)) return split;
  split.gain = variance * half_mean_deviations * half_mean_deviations;
  const double offset = std::sqrt(variance / weight) * half_mean_deviations;
  split.first.resize(D);
  split.second.resize(D);
  for (std::size_t i = 0; i < D; ++i) {
    split.first[i] = moments.sum[i] / weight - offset * axis[i];
    split.second[i] = moments.sum[i] / weight + offset * axis[i];
  }
  return split;
}

/// Calls use(dimension) with the dimension, 1 .. matrix_dimensions_max, as a std::integral_constant.
template <typename Use>
CellSplit with_dimension(std::uint32_t dimension, const Use& use) {
  switch (dimension) {
    case 1:
      return use(std::integral_constant<std::size_t, 1>{});
    case 2:
      return use(std::integral_constant<std::size_t, 2>{});
    case 3:
      return use(std::integral_constant<std::size_t, 3>{});
    case 4:
      return use(std::integral_constant<std::size_t, 4>{});
    case 5:
      return use(std::integral_constant<std::size_t, 5>{});
    default:
      return use(std::integral_constant<std::size_t, matrix_dimensions_max>{});
  }
}

}  // namespace

CellSplit split_cell_by_matrix(const VectorRows& rows, std::span<const std::uint32_t> members, WorkPulse pulse) {
  return with_dimension(rows.dimension(), [&](auto dimension) { return split<dimension()>(rows, members, pulse); });
}

CellSplit split_by_moments(std::uint64_t weight, std::span<const std::int64_t> sum, std::span<const int128> products) {
  if (weight == 0) return {};
  return with_dimension(static_cast<std::uint32_t>(sum.size()), [&](auto dimension) {
    return split_normal<dimension()>(static_cast<double>(weight), sum, products);
  });
}

}  // namespace vqi::detail
