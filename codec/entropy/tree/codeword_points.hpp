// CodewordPoints: codewords as points of at most four coordinates, for the models that follow a tree.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "index_model.hpp"

namespace vqi::detail {

inline constexpr std::size_t point_dimension_max = 4;
/// A coordinate is a sample in 12 bits, 0 .. 4095.
inline constexpr std::int32_t coordinate_max = 4095;
/// Coordinates that a codebook does not use are 0.
using Point = std::array<std::int32_t, point_dimension_max>;

/// Axes on which neighbouring vectors differ independently of each other (FORMAT.md, "Density").
enum class PointAxes { own, colour, quarters };

/// Three points for each codeword, in the order of the file (FORMAT.md, "Points"): one of the whole block, one of its
/// right half, which adjoins the next vector, and one of its lower half. For blocks of one pixel the three are equal.
struct CodewordPoints {
  bool is_block = false;
  PointAxes axes = PointAxes::own;
  std::size_t coordinates = point_dimension_max;  ///< how many are in use: the first ones
  std::vector<Point> whole;
  std::vector<Point> right;
  std::vector<Point> lower;

  /// Memory of the points of K codewords, in bytes.
  [[nodiscard]] static constexpr std::uint64_t size_bytes(std::uint32_t k) noexcept { return 3 * sizeof(Point) * k; }
};

[[nodiscard]] CodewordPoints make_points(const CodebookView& codebook);

}  // namespace vqi::detail
