// A point is listed unless another one is nearer to every place of the cube: its least distance to the cube is above
// the least of the greatest distances.
#include "nearest_cells.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <span>
#include <utility>

namespace vqi::detail {
namespace {

/// log2 of the cubes along an axis, large and small, by the number of channels.
constexpr std::uint32_t cubes_log2_of[][2]{{0, 0}, {4, 8}, {3, 7}, {3, 6}, {2, 4}};

/// `Distance` holds the squared distances.
template <typename Distance>
std::uint16_t nearest_of(const DitherPoint& query, const std::vector<DitherPoint>& points,
                         std::span<const std::uint16_t> list) noexcept {
  std::uint16_t best = list.front();
  Distance least = std::numeric_limits<Distance>::max();
  for (const std::uint16_t number : list) {
    const DitherPoint& point = points[number];
    Distance distance = 0;
    for (std::size_t c = 0; c < query.size(); ++c) {
      const Distance delta = Distance{query[c]} - point[c];
      distance += delta * delta;
    }
    best = distance < least ? number : best;
    least = std::min(least, distance);
  }
  return best;
}

}  // namespace

NearestCells::NearestCells(const std::vector<DitherPoint>& points, std::vector<std::uint16_t> numbers,
                           std::uint32_t channels, std::int32_t max_value)
    : points_(points),
      channels_(channels),
      max_value_(max_value),
      lists_(std::move(numbers)),
      count_(static_cast<std::uint32_t>(lists_.size())),
      least_(lists_.size()) {
  const auto range_log2 = static_cast<std::uint32_t>(std::bit_width(static_cast<std::uint32_t>(max_value)));
  if (empty()) return;
  for (std::size_t i = 0; i < levels_.size(); ++i) {
    const std::uint32_t cubes_log2 = cubes_log2_of[channels][i];
    levels_[i] = {cubes_log2, range_log2 - cubes_log2, std::vector<Cube>(std::size_t{1} << (channels * cubes_log2))};
  }
}

std::uint16_t NearestCells::nearest(const DitherPoint& query) {
  const Cube cube = cube_of(1, query);
  const std::span<const std::uint16_t> list(lists_.data() + cube.begin, cube.count);
  if (list.size() == 1) return list.front();
  // Of 8 bits, differences are below 2^10 and sums of four squares below 2^22.
  return max_value_ == 255 ? nearest_of<std::int32_t>(query, points_, list)
                           : nearest_of<std::int64_t>(query, points_, list);
}

NearestCells::Cube NearestCells::fill(std::size_t level, std::size_t at, const DitherPoint& query) {
  const Cube around = level == 0 ? Cube{0, count_} : cube_of(level - 1, query);
  const std::uint32_t side_log2 = levels_[level].side_log2;
  DitherPoint low{};
  DitherPoint high{};
  for (std::uint32_t c = 0; c < channels_; ++c) {
    low[c] = std::clamp(query[c], 0, max_value_) >> side_log2 << side_log2;
    high[c] = low[c] + (std::int32_t{1} << side_log2) - 1;
    if (low[c] == 0) low[c] = -max_value_;
    if (high[c] == max_value_) high[c] = 2 * max_value_;
  }
  std::int64_t bound = std::numeric_limits<std::int64_t>::max();
  for (std::uint32_t i = 0; i < around.count; ++i) {
    const DitherPoint& point = points_[lists_[around.begin + i]];
    std::int64_t nearest = 0;
    std::int64_t farthest = 0;
    for (std::uint32_t c = 0; c < channels_; ++c) {
      const std::int64_t from_low = std::int64_t{point[c]} - low[c];
      const std::int64_t from_high = std::int64_t{high[c]} - point[c];
      const std::int64_t outside = std::max<std::int64_t>({-from_low, -from_high, 0});
      const std::int64_t across = std::max(from_low, from_high);
      nearest += outside * outside;
      farthest += across * across;
    }
    least_[i] = nearest;
    bound = std::min(bound, farthest);
  }
  Cube cube{static_cast<std::uint32_t>(lists_.size()), 0};
  for (std::uint32_t i = 0; i < around.count; ++i)
    if (least_[i] <= bound) lists_.push_back(lists_[around.begin + i]);
  cube.count = static_cast<std::uint32_t>(lists_.size()) - cube.begin;
  levels_[level].cubes[at] = cube;
  return cube;
}

}  // namespace vqi::detail
