// NearestCells: the nearest of some points to one query after another, exactly.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "dither_point.hpp"

namespace vqi::detail {

/// NearestSearch finds the codewords of many vectors at once, which a dither does not know beforehand: each query
/// depends on what the one before was given. Here space is cut into cubes, and these into smaller ones; a
/// cube lists the points that are nearest somewhere in it, and is filled from the list of the cube around it when a
/// query first falls into it. For the use of one thread.
class NearestCells {
 public:
  /// `points` are listed by `numbers`, in ascending order. Queries have coordinates -max_value .. 2 max_value: the
  /// outermost cubes reach as far.
  NearestCells(const std::vector<DitherPoint>& points, std::vector<std::uint16_t> numbers, std::uint32_t channels,
               std::int32_t max_value);

  /// The number of the point nearest to `query`, the lowest of several. There is at least one.
  [[nodiscard]] std::uint16_t nearest(const DitherPoint& query);

  [[nodiscard]] bool empty() const noexcept { return count_ == 0; }

 private:
  /// A cube's part of lists_; without entries while no query fell into the cube.
  struct Cube {
    std::uint32_t begin = 0;
    std::uint32_t count = 0;
  };

  /// All cubes of one size.
  struct Level {
    std::uint32_t cubes_log2 = 0;  ///< of the cubes along an axis
    std::uint32_t side_log2 = 0;   ///< of a cube's side
    std::vector<Cube> cubes;
  };

  [[nodiscard]] Cube cube_of(std::size_t level, const DitherPoint& query) {
    const Level& own = levels_[level];
    std::size_t at = 0;
    for (std::uint32_t c = 0; c < channels_; ++c)
      at = at << own.cubes_log2 | static_cast<std::uint32_t>(std::clamp(query[c], 0, max_value_)) >> own.side_log2;
    const Cube cube = own.cubes[at];
    return cube.count != 0 ? cube : fill(level, at, query);
  }
  /// Lists the points of the cube around it that are nearest somewhere in the cube `at`, in which `query` lies.
  Cube fill(std::size_t level, std::size_t at, const DitherPoint& query);

  const std::vector<DitherPoint>& points_;
  std::uint32_t channels_;
  std::int32_t max_value_;
  std::array<Level, 2> levels_;       // from large cubes to small ones
  std::vector<std::uint16_t> lists_;  // all numbers, then the lists of cubes
  std::uint32_t count_;               // of all numbers
  std::vector<std::int64_t> least_;   // buffer: of each point, the squared distance to the cube
};

}  // namespace vqi::detail
