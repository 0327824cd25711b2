// Splits codewords across their principal axis, found by power iteration in integers.
#include "codeword_tree.hpp"

#include <algorithm>
#include <bit>
#include <cstdlib>

#include "integer.hpp"

namespace vqi::detail {

namespace {

using Axis = std::array<std::int64_t, point_dimension_max>;

constexpr std::int64_t axis_length = 1 << 14;
constexpr int power_iterations = 24;

using Matrix = std::array<Axis, point_dimension_max>;

/// Sums of products of the members' differences from their mean, scaled so that they stay below 2^30.
Matrix scatter(std::span<const Point> points, std::span<const std::uint32_t> members) {
  const auto count = static_cast<std::int64_t>(members.size());
  Axis mean{};
  for (const std::uint32_t member : members)
    for (std::size_t d = 0; d < point_dimension_max; ++d) mean[d] += points[member][d];
  for (std::int64_t& value : mean) value /= count;
  Matrix sums{};
  for (const std::uint32_t member : members)
    for (std::size_t a = 0; a < point_dimension_max; ++a)
      for (std::size_t b = 0; b < point_dimension_max; ++b)
        sums[a][b] += (points[member][a] - mean[a]) * (points[member][b] - mean[b]);
  std::int64_t greatest = 0;
  for (std::size_t d = 0; d < point_dimension_max; ++d) greatest = std::max(greatest, sums[d][d]);
  int shift = 0;
  while (greatest >> shift >= std::int64_t{1} << 30) ++shift;
  for (Axis& row : sums)
    for (std::int64_t& value : row) value >>= shift;
  return sums;
}

/// The axis of the greatest variance, by power iteration: of length 2^14 (0 if all points are equal), pointing to
/// greater coordinates.
Axis principal_axis(const Matrix& sums) {
  Axis axis{8192, 12288, 6144, 4096};  // all different, green the greatest: the axis of the eye and of most photographs
  for (int i = 0; i < power_iterations; ++i) {
    Axis product{};
    std::int64_t greatest = 0;
    for (std::size_t a = 0; a < point_dimension_max; ++a) {
      for (std::size_t b = 0; b < point_dimension_max; ++b) product[a] += sums[a][b] * axis[b];
      greatest = std::max(greatest, std::abs(product[a]));
    }
    const std::int64_t divisor = greatest / axis_length + 1;
    for (std::size_t a = 0; a < point_dimension_max; ++a) axis[a] = product[a] / divisor;
  }
  std::int64_t sum = 0;
  std::int64_t length_sq = 0;
  for (const std::int64_t value : axis) {
    sum += value;
    length_sq += value * value;
  }
  const auto length = static_cast<std::int64_t>(integer_sqrt(static_cast<std::uint64_t>(length_sq))) + 1;
  for (std::int64_t& value : axis) value = (sum < 0 ? -value : value) * axis_length / length;
  return axis;
}

}  // namespace

CodewordTree::CodewordTree(std::span<const Point> points) {
  depth_ = depth_of(static_cast<std::uint32_t>(points.size()));
  positions_.resize(points.size());
  indices_.resize(leaves());
  divides_.resize(leaves());
  planes_.resize(leaves());
  std::vector<std::uint32_t> members(points.size());
  for (std::size_t i = 0; i < members.size(); ++i) members[i] = static_cast<std::uint32_t>(i);
  divide(points, members, 1, 0, leaves());
}

void CodewordTree::divide(std::span<const Point> points, std::span<std::uint32_t> members, std::uint32_t node,
                          std::uint32_t first_position, std::uint32_t room) {
  if (members.size() == 1) {
    positions_[members[0]] = static_cast<std::uint16_t>(first_position);
    indices_[first_position] = static_cast<std::uint16_t>(members[0]);
    return;
  }
  const Axis axis = principal_axis(scatter(points, members));
  const auto project = [&](std::uint32_t member) {
    std::int64_t sum = 0;
    for (std::size_t d = 0; d < point_dimension_max; ++d) sum += axis[d] * points[member][d];
    return sum;
  };
  std::stable_sort(members.begin(), members.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return project(a) < project(b); });
  const std::size_t first_half = std::min<std::size_t>(room / 2, (members.size() + 1) / 2);
  SplitPlane& plane = planes_[node];
  for (std::size_t d = 0; d < point_dimension_max; ++d) plane.axis[d] = static_cast<std::int32_t>(axis[d]);
  plane.offset = static_cast<std::int32_t>((project(members[first_half - 1]) + project(members[first_half])) >> 1);
  divides_[node] = 1;
  divide(points, members.first(first_half), 2 * node, first_position, room / 2);
  divide(points, members.subspan(first_half), 2 * node + 1, first_position + room / 2, room / 2);
}

}  // namespace vqi::detail
