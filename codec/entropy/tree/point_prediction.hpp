// PointPrediction: predicts the point of the next codeword from its neighbours.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "codeword_points.hpp"
#include "codeword_tree.hpp"

namespace vqi::detail {

/// Neighbours are given by their tree positions (FORMAT.md, "Prediction").
class PointPrediction {
 public:
  PointPrediction(const CodewordPoints& points, const CodewordTree& tree)
      : is_block_(points.is_block),
        whole_(by_position(points.whole, tree)),
        right_(by_position(points.right, tree)),
        lower_(by_position(points.lower, tree)) {}

  /// Memory for a tree of K codewords, in bytes.
  [[nodiscard]] static constexpr std::uint64_t size_bytes(std::uint32_t k) noexcept {
    return std::uint64_t{3 * sizeof(Point)} << CodewordTree::depth_of(k);
  }

  /// The pointers are at the predicted column: in the current row and in the two rows above it.
  [[nodiscard]] Point predict(const std::uint16_t* row, const std::uint16_t* above,
                              const std::uint16_t* two_above) const noexcept {
    Point predicted;
    if (is_block_) {
      const Point& left = right_[row[-1]];
      const Point& up = lower_[above[0]];
      for (std::size_t d = 0; d < point_dimension_max; ++d) predicted[d] = (left[d] + up[d] + 1) >> 1;
      return predicted;
    }
    const Point& w = whole_[row[-1]];
    const Point& n = whole_[above[0]];
    const Point& nw = whole_[above[-1]];
    const Point& ne = whole_[above[1]];
    const Point& nee = whole_[above[2]];
    const Point& nne = whole_[two_above[1]];
    for (std::size_t d = 0; d < point_dimension_max; ++d) {
      const std::int32_t sum = 8 * (w[d] + n[d]) + 3 * (ne[d] - nw[d]) + nee[d] - nne[d];
      predicted[d] = std::clamp((sum + 8) >> 4, 0, coordinate_max);
    }
    return predicted;
  }

  /// A second prediction, which keeps edges sharp: the median of W, N and W + N - NW.
  [[nodiscard]] Point predict_median(const std::uint16_t* row, const std::uint16_t* above) const noexcept {
    const Point& w = is_block_ ? right_[row[-1]] : whole_[row[-1]];
    const Point& n = is_block_ ? lower_[above[0]] : whole_[above[0]];
    const Point& nw = whole_[above[-1]];
    Point predicted;
    for (std::size_t d = 0; d < point_dimension_max; ++d)
      predicted[d] = std::clamp(w[d] + n[d] - nw[d], std::min(w[d], n[d]), std::max(w[d], n[d]));
    return predicted;
  }

  /// The point of the whole codeword at a position.
  [[nodiscard]] const Point& point(std::size_t position) const noexcept { return whole_[position]; }

  /// How far `predicted` is from the codeword at a position: the mean of the greatest difference of a coordinate and of
  /// the sum of all differences. At most 10237.
  [[nodiscard]] std::uint16_t error(const Point& predicted, std::size_t position) const noexcept {
    const Point& point = whole_[position];
    std::int32_t sum = 0;
    std::int32_t greatest = 0;
    for (std::size_t d = 0; d < point_dimension_max; ++d) {
      const std::int32_t difference = std::abs(point[d] - predicted[d]);
      sum += difference;
      greatest = std::max(greatest, difference);
    }
    return static_cast<std::uint16_t>((sum + greatest) >> 1);
  }

 private:
  static std::vector<Point> by_position(const std::vector<Point>& points, const CodewordTree& tree) {
    std::vector<Point> sorted(tree.leaves());
    for (std::size_t i = 0; i < points.size(); ++i) sorted[tree.position_of(i)] = points[i];
    return sorted;
  }

  bool is_block_;
  std::vector<Point> whole_;
  std::vector<Point> right_;
  std::vector<Point> lower_;
};

}  // namespace vqi::detail
