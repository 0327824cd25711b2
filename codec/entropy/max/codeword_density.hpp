// CodewordDensity: the probabilities of codewords by their distance from a predicted point (FORMAT.md, "Density").
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "aligned_array.hpp"
#include "codeword_points.hpp"
#include "codeword_tree.hpp"

namespace vqi::detail {

/// What all strips share: the coordinates of the codewords, by tree position, on axes on which prediction errors are
/// uncorrelated, and the weights of distances.
class CodewordDensity {
 public:
  /// Larger trees have no density: a sum over all codewords for each vector would take too long.
  static constexpr std::uint32_t leaves_max = 4096;
  static constexpr std::int32_t distance_max = 511;  ///< in 1/16 of the scale
  static constexpr std::size_t lanes_max = 16;       ///< arrays are padded to full vectors

  CodewordDensity(const CodewordPoints& points, const CodewordTree& tree)
      : axes_(points.axes), leaves_(tree.leaves() > leaves_max ? 0 : tree.leaves()) {
    for (auto& values : on_axis_) values = padded();
    present_ = padded();
    for (std::size_t i = 0; leaves_ != 0 && i < points.whole.size(); ++i) {
      const std::uint32_t position = tree.position_of(i);
      const Point point = on_axes(points.whole[i]);
      for (std::size_t a = 0; a < point_dimension_max; ++a) on_axis_[a][position] = point[a];
      present_[position] = -1;
    }
    constexpr std::uint64_t unit = std::uint64_t{8} * 16 * 16;  // where (1 + distance^2 / 8)^-3 is an eighth
    for (std::uint64_t d = 0; d < weights_.size(); ++d) {
      const std::uint64_t divisor = unit + d * d;
      weights_[d] = static_cast<std::int32_t>(
          std::max<std::uint64_t>(1, (unit * unit * unit << weight_bits) / (divisor * divisor * divisor)));
    }
  }

  /// Memory that the density of a tree takes beside the object.
  [[nodiscard]] static constexpr std::uint64_t size_bytes(std::uint32_t leaves) noexcept {
    return (point_dimension_max + 1) * ((leaves > leaves_max ? 0 : leaves) + lanes_max) * sizeof(std::int32_t);
  }

  /// Those of the tree; 0 if it has more than leaves_max.
  [[nodiscard]] std::uint32_t leaves() const noexcept { return leaves_; }
  [[nodiscard]] Point on_axes(const Point& p) const noexcept {
    switch (axes_) {
      case PointAxes::quarters:
        return {(p[0] + p[1] + p[2] + p[3]) >> 2, (p[1] + p[3] - p[0] - p[2]) >> 1, (p[2] + p[3] - p[0] - p[1]) >> 1,
                (p[0] + p[3] - p[1] - p[2]) >> 1};
      case PointAxes::colour:
        return {(p[0] + 2 * p[1] + p[2]) >> 2, p[0] - p[1], p[2] - ((p[0] + p[1]) >> 1), p[3]};
      default:
        return p;
    }
  }
  [[nodiscard]] const std::int32_t* on_axis(std::size_t axis) const noexcept { return on_axis_[axis].get(); }
  /// -1 where a position has a codeword, else 0.
  [[nodiscard]] const std::int32_t* present() const noexcept { return present_.get(); }
  [[nodiscard]] const std::int32_t* weights() const noexcept { return weights_.data(); }

 private:
  static constexpr unsigned weight_bits = 19;  // 4096 weights stay below 2^32

  /// A zero for each position, and more to fill the last vector.
  [[nodiscard]] AlignedArray padded() const { return make_aligned_array(leaves_ + lanes_max, 0); }

  PointAxes axes_;
  std::uint32_t leaves_;
  std::array<AlignedArray, point_dimension_max> on_axis_;
  AlignedArray present_;
  std::array<std::int32_t, distance_max + 1> weights_{};
};

/// What a strip learns: the scales of prediction errors, and the sum of weights below each node.
class DensityState {
 public:
  static constexpr std::size_t levels = 8;

  explicit DensityState(const CodewordDensity& density) : sums_(make_aligned_array(sum_count(density.leaves()), 0)) {
    for (std::size_t level = 0; level < levels; ++level)
      scales_[level].fill(static_cast<std::int32_t>(std::size_t{64} * 40 * (level + 1) * (level + 1)));
  }

  /// Sets the predicted point, on the axes, and the expected error level.
  void expect(const Point& predicted, std::uint32_t level) noexcept {
    predicted_ = predicted;
    level_ = level;
  }
  [[nodiscard]] const Point& predicted() const noexcept { return predicted_; }
  /// For each axis the factor, times 2^14, that turns a difference into 1/16 of the scale.
  [[nodiscard]] Point inverse_scales() const noexcept {
    Point inverse{};
    for (std::size_t a = 0; a < inverse.size(); ++a) inverse[a] = (1 << 24) / scales_[level_][a];
    return inverse;
  }
  /// The sums of nodes by their numbers: first those of the inner nodes, from 1 on, then those of the leaves.
  [[nodiscard]] std::int32_t* sums() noexcept { return sums_.get(); }
  /// The probability of a 1 at an inner node, in 1/65536, below 65536.
  [[nodiscard]] std::int32_t probability(std::uint32_t node) const noexcept {
    const auto zero = static_cast<std::uint32_t>(sums_[2 * std::size_t{node}]);
    const auto one = static_cast<std::uint32_t>(sums_[2 * std::size_t{node} + 1]);
    return static_cast<std::int32_t>((std::uint64_t{one} << 16) / (std::uint64_t{zero} + one + 1));
  }
  /// Memory that the object of a tree takes beside itself.
  [[nodiscard]] static constexpr std::uint64_t size_bytes(std::uint32_t leaves) noexcept {
    return sum_count(std::min(leaves, CodewordDensity::leaves_max)) * sizeof(std::int32_t);
  }
  /// Learns the errors of the prediction, given the point of the codeword that came.
  void update(const Point& actual) noexcept {
    for (std::size_t a = 0; a < actual.size(); ++a) {
      const std::int32_t error = std::abs(actual[a] - predicted_[a]);
      std::int32_t& scale = scales_[level_][a];
      scale += (64 * error + 128 - scale) >> 7;
    }
  }

 private:
  /// Inner nodes, leaves, and room for the last vector.
  [[nodiscard]] static constexpr std::uint64_t sum_count(std::uint64_t leaves) noexcept {
    return 2 * leaves + CodewordDensity::lanes_max;
  }

  std::array<std::array<std::int32_t, point_dimension_max>, levels> scales_{};  // in 1/64 of a coordinate, 128 or more
  Point predicted_{};
  std::uint32_t level_ = 0;
  AlignedArray sums_;
};

}  // namespace vqi::detail
