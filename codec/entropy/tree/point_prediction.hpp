// PointPrediction: where the next codeword's point should lie, and how far off such guesses were nearby.
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

/// Predicts from neighbours, given by tree position (FORMAT.md, "Prediction").
class PointPrediction {
 public:
  PointPrediction(const CodewordPoints& points, const CodewordTree& tree)
      : is_block_(points.is_block),
        whole_(by_position(points.whole, tree)),
        right_(by_position(points.right, tree)),
        lower_(by_position(points.lower, tree)) {}

  /// `row` and `above` stand at the predicted column, in the current row and in the one above it.
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

  /// A second opinion, which keeps to edges: the median of W, N and W + N - NW.
  [[nodiscard]] Point predict_median(const std::uint16_t* row, const std::uint16_t* above) const noexcept {
    const Point& w = is_block_ ? right_[row[-1]] : whole_[row[-1]];
    const Point& n = is_block_ ? lower_[above[0]] : whole_[above[0]];
    const Point& nw = whole_[above[-1]];
    Point predicted;
    for (std::size_t d = 0; d < point_dimension_max; ++d)
      predicted[d] = std::clamp(w[d] + n[d] - nw[d], std::min(w[d], n[d]), std::max(w[d], n[d]));
    return predicted;
  }

  /// All of the codeword at a position.
  [[nodiscard]] const Point& point(std::size_t position) const noexcept { return whole_[position]; }

  /// How far `predicted` is from the codeword at a position: a mean of the greatest difference of a
  /// coordinate and of the sum of all. At most 10237.
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

/// Errors of the predictions in this row and the one above.
class ErrorRows {
 public:
  static constexpr std::uint32_t levels = 8;

  explicit ErrorRows(std::size_t width) : stride_(width + 2), errors_(2 * stride_, outside) {}

  void begin_row() noexcept { current_ ^= 1U; }
  void end_row() noexcept { row(0)[stride_ - 2] = row(0)[stride_ - 3]; }
  void set(std::size_t x, std::uint16_t error) noexcept { row(0)[x] = error; }
  /// For a pixel that needed no prediction: half of the error above it.
  void inherit(std::size_t x) noexcept { row(0)[x] = row(1)[x] >> 1; }

  /// 0 (predictions near column x were right) .. 7 (far off).
  [[nodiscard]] std::uint32_t level(std::size_t x) noexcept {
    const std::uint16_t* here = row(0) + x;
    const std::uint16_t* above = row(1) + x;
    return level_of(here[-1], above[0], above[-1], above[1]);
  }
  /// A guess at that of the next row, as far as errors are known: up to column x.
  [[nodiscard]] std::uint32_t level_below(std::size_t x) noexcept {
    const std::uint16_t* here = row(0) + x;
    return level_of(here[0], here[0], here[-1], here[0]);
  }

  [[nodiscard]] static std::uint64_t size_bytes(std::uint32_t width) noexcept {
    return 2 * (std::uint64_t{width} + 2) * sizeof(std::uint16_t);
  }

 private:
  /// Of the errors of W, N, NW and NE.
  [[nodiscard]] static std::uint32_t level_of(std::int32_t w, std::int32_t n, std::int32_t nw,
                                              std::int32_t ne) noexcept {
    const std::int32_t sum = 2 * (w + n) + nw + ne;
    std::uint32_t level = 0;
    for (const std::int32_t threshold : thresholds) level += sum >= threshold ? 1 : 0;
    return level;
  }

  static constexpr std::uint16_t outside = 128;  // before the first column and above the first row
  static constexpr std::array<std::int32_t, levels - 1> thresholds{160, 480, 960, 1600, 2560, 4160, 7200};

  /// At the first column; one more stands before it and one behind the last.
  [[nodiscard]] std::uint16_t* row(std::uint32_t above) noexcept {
    return errors_.data() + (current_ ^ above) * stride_ + 1;
  }

  std::size_t stride_;
  std::uint32_t current_ = 1;
  std::vector<std::uint16_t> errors_;
};

/// 0 .. 23: a signed distance from a plane, in steps that suit the error level.
inline constexpr std::uint32_t distance_steps = 24;
[[nodiscard]] inline std::uint32_t distance_step(std::int32_t distance, std::uint32_t level) noexcept {
  // 81920 / (14 26 40 62 96 150 240 420): the finer, the better predictions are.
  constexpr std::array<std::int32_t, ErrorRows::levels> scales{5851, 3151, 2048, 1321, 853, 546, 341, 195};
  return static_cast<std::uint32_t>(std::clamp(((distance * scales[level]) >> 16) + 12, 0, 23));
}

}  // namespace vqi::detail
