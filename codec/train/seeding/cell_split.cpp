// Cuts by power iteration over a cell's vectors, for many dimensions, and the partition of its members.
#include "cell_split.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "matrix_split.hpp"

namespace vqi::detail {
namespace {

/// Power iterations, each a pass over the vectors instead of a product with the covariance matrix.
constexpr int power_steps = 4;
/// Bins along the axis, between which the cut is placed.
constexpr std::size_t histogram_bins = 128;

struct WeightedMean {
  double weight = 0;
  std::vector<double> centre;
};

/// Calls use(n) for each member in order, and counts a step for each of its coordinates.
template <typename Use>
void for_each_member(const VectorRows& rows, std::span<const std::uint32_t> members, WorkPulse& pulse, const Use& use) {
  pulse.in_portions(0, members.size(), rows.dimension(), [&](std::size_t first, std::size_t last) {
    for (const std::uint32_t n : members.subspan(first, last - first)) use(n);
  });
}

WeightedMean mean_of(const VectorRows& rows, std::span<const std::uint32_t> members, WorkPulse& pulse) {
  WeightedMean mean{0, std::vector<double>(rows.dimension())};
  for_each_member(rows, members, pulse, [&](std::uint32_t n) {
    const double weight = rows.weight(n);
    mean.weight += weight;
    for (std::uint32_t i = 0; i < rows.dimension(); ++i) mean.centre[i] += weight * rows.row(n)[i];
  });
  for (double& value : mean.centre) value /= mean.weight;
  return mean;
}

/// Scales to length 1; a zero vector becomes the first unit vector.
void normalize(std::vector<double>& vector) {
  double norm = 0;
  for (const double value : vector) norm += value * value;
  if (norm <= 0) {
    vector.assign(vector.size(), 0.0);
    vector[0] = 1;
    return;
  }
  const double scale = 1.0 / std::sqrt(norm);
  for (double& value : vector) value *= scale;
}

/// The offset of vector n along the axis, from the centre.
double project(const VectorRows& rows, std::uint32_t n, const WeightedMean& mean, const std::vector<double>& axis) {
  double sum = 0;
  for (std::uint32_t i = 0; i < rows.dimension(); ++i) sum += axis[i] * (rows.row(n)[i] - mean.centre[i]);
  return sum;
}

/// The first principal component, of length 1.
std::vector<double> axis_by_power_iteration(const VectorRows& rows, std::span<const std::uint32_t> members,
                                            const WeightedMean& mean, WorkPulse& pulse) {
  // The first direction leads from the mean to the vector farthest from it.
  double farthest = -1;
  std::vector<double> axis(rows.dimension());
  for_each_member(rows, members, pulse, [&](std::uint32_t n) {
    double distance = 0;
    for (std::uint32_t i = 0; i < rows.dimension(); ++i) {
      const double delta = rows.row(n)[i] - mean.centre[i];
      distance += delta * delta;
    }
    if (distance <= farthest) return;
    farthest = distance;
    for (std::uint32_t i = 0; i < rows.dimension(); ++i) axis[i] = rows.row(n)[i] - mean.centre[i];
  });
  normalize(axis);
  for (int step = 0; step < power_steps; ++step) {
    std::vector<double> next(rows.dimension());
    for_each_member(rows, members, pulse, [&](std::uint32_t n) {
      const double scale = rows.weight(n) * project(rows, n, mean, axis);
      for (std::uint32_t i = 0; i < rows.dimension(); ++i) next[i] += scale * (rows.row(n)[i] - mean.centre[i]);
    });
    axis = next;
    normalize(axis);
  }
  return axis;
}

/// The offset along the axis at which a cut saves most, to the resolution of the histogram.
double best_offset(const VectorRows& rows, std::span<const std::uint32_t> members, const WeightedMean& mean,
                   const std::vector<double>& axis, WorkPulse& pulse) {
  std::vector<double> offsets;
  offsets.reserve(members.size());
  double low = 0;
  double high = 0;
  for_each_member(rows, members, pulse, [&](std::uint32_t n) {
    offsets.push_back(project(rows, n, mean, axis));
    low = std::min(low, offsets.back());
    high = std::max(high, offsets.back());
  });
  if (high <= low) return 0;
  struct Bin {
    double weight = 0;
    double sum = 0;
  };
  std::array<Bin, histogram_bins> bins{};
  const double scale = histogram_bins / (high - low);
  for (std::size_t m = 0; m < members.size(); ++m) {
    const auto bin = std::min(static_cast<std::size_t>((offsets[m] - low) * scale), histogram_bins - 1);
    bins[bin].weight += rows.weight(members[m]);
    bins[bin].sum += rows.weight(members[m]) * offsets[m];
  }
  double weight = 0;
  double sum = 0;
  double best_gain = -1;
  std::size_t best_bin = 0;
  for (std::size_t b = 0; b + 1 < histogram_bins; ++b) {
    weight += bins[b].weight;
    sum += bins[b].sum;
    const double rest = mean.weight - weight;
    if (weight <= 0 || rest <= 0) continue;
    // Offsets are relative to the mean, so the sums of both parts cancel.
    const double gain = sum * sum * (1.0 / weight + 1.0 / rest);
    if (gain > best_gain) {
      best_gain = gain;
      best_bin = b;
    }
  }
  return low + static_cast<double>(best_bin + 1) / scale;
}

}  // namespace

CellSplit split_cell(const VectorRows& rows, std::span<const std::uint32_t> members, Cut cut, WorkPulse pulse) {
  const std::uint32_t dimension = rows.dimension();
  CellSplit split;
  if (members.size() < 2) return split;
  if (dimension <= matrix_dimensions_max && cut == Cut::best) return split_cell_by_matrix(rows, members, pulse);
  const WeightedMean mean = mean_of(rows, members, pulse);
  const std::vector<double> axis = axis_by_power_iteration(rows, members, mean, pulse);
  const double offset = cut == Cut::best ? best_offset(rows, members, mean, axis, pulse) : 0.0;
  double weight = 0;
  std::vector<double> sum(dimension);
  for_each_member(rows, members, pulse, [&](std::uint32_t n) {
    if (project(rows, n, mean, axis) >= offset) return;
    weight += rows.weight(n);
    for (std::uint32_t i = 0; i < dimension; ++i) sum[i] += rows.weight(n) * rows.row(n)[i];
  });
  const double rest = mean.weight - weight;
  if (weight <= 0 || rest <= 0) return split;
  split.first.resize(dimension);
  split.second.resize(dimension);
  double distance = 0;
  for (std::uint32_t i = 0; i < dimension; ++i) {
    split.first[i] = sum[i] / weight;
    split.second[i] = (mean.centre[i] * mean.weight - sum[i]) / rest;
    const double delta = split.first[i] - split.second[i];
    distance += delta * delta;
  }
  split.gain = weight * rest / mean.weight * distance;
  return split;
}

std::size_t partition_cell(const VectorRows& rows, std::span<std::uint32_t> members, const CellSplit& split,
                           WorkPulse pulse) {
  const auto nearer_to_first = [&](std::uint32_t n) {
    pulse.add(rows.dimension());
    double difference = 0;
    for (std::uint32_t i = 0; i < rows.dimension(); ++i) {
      const double x = rows.row(n)[i];
      const double to_first = x - split.first[i];
      const double to_second = x - split.second[i];
      difference += to_first * to_first - to_second * to_second;
    }
    return difference < 0;
  };
  return static_cast<std::size_t>(std::stable_partition(members.begin(), members.end(), nearer_to_first) -
                                  members.begin());
}

}  // namespace vqi::detail
