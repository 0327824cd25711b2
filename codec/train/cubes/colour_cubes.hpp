// ColourCubes: the vectors of three bytes that an image has, by cubes of 4 code values a side.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "integer.hpp"
#include "key_counts.hpp"
#include "large_memory.hpp"
#include "parallel.hpp"
#include "vector_set.hpp"

namespace vqi::detail {

/// Vectors of a cube have Morton keys (KeyFormat) that follow one another.
inline constexpr std::size_t cube_keys = 64;

/// The vectors in one cube, of which there are some.
struct ColourCube {
  std::uint32_t first_key = 0;
  std::uint32_t weight = 0;            ///< sum of w, the vectors' counts
  std::array<std::uint64_t, 3> sum{};  ///< of w x, in code values
};

/// Sums over the cubes straight from a table of counts: 20 to 50 thousand cubes stand for a photograph's 200 thousand
/// colours, which need not be listed one by one.
class ColourCubes {
 public:
  /// Borrows the table; cost about a pass over its leaves.
  ColourCubes(const KeyCounts& counts, const ThreadPool& pool);

  [[nodiscard]] const KeyCounts& counts() const noexcept { return counts_; }
  /// By ascending key.
  [[nodiscard]] std::span<const ColourCube> cubes() const noexcept { return cubes_; }
  /// Of counts in a cube, what their entries do not say (KeyCounts::overflow).
  [[nodiscard]] std::span<const std::uint32_t> overflow(const ColourCube& cube) const noexcept;
  [[nodiscard]] std::uint64_t total_weight() const noexcept { return total_weight_; }
  /// Sum of w |x - centre|^2 over all vectors, every coordinate less `centre`.
  [[nodiscard]] std::uint64_t norm(std::int32_t centre) const noexcept;

  /// The cubes' means as weighted vectors, of cubes of 2^side_bits code values a side, 2 or more; coordinates are code
  /// values less `centre`.
  [[nodiscard]] VectorSet means(const FixedPoint& fixed_point, std::int32_t centre, std::uint32_t side_bits) const;

 private:
  const KeyCounts& counts_;
  LargeVector<ColourCube> cubes_;
  std::vector<std::uint32_t> overflow_;  // ascending
  std::uint64_t total_weight_ = 0;
  std::uint64_t total_sum_ = 0;      // of w x over all coordinates
  std::uint64_t total_squares_ = 0;  // of w x^2
};

}  // namespace vqi::detail
