// CubeSearch: the nearest codeword of every vector in an image's cubes, without a list of the vectors.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "codeword_table.hpp"
#include "colour_cubes.hpp"
#include "fixed_point.hpp"
#include "key_counts.hpp"
#include "nearest_kernels.hpp"
#include "parallel.hpp"

namespace vqi::detail {

/// What one of Lloyd's steps made of a codebook.
struct CubeStep {
  FixedCodewords codewords;
  int128 objective = 0;      ///< 2^2F J after the step
  bool empty_cells = false;  ///< some codeword was nearest to no vector, and stayed where it was
};

/// Exact search by filtering: the codewords that can be nearest in a cube are a subset of those that can be in a cube
/// of twice its side that holds it, and where one is left all the cube's vectors are its own. After T. Kanungo et al.,
/// "An efficient k-means clustering algorithm: analysis and implementation", IEEE Trans. PAMI 24(7), 2002, with cubes
/// for the nodes of a kd-tree and NearestKernels' boxes for its cells.
class CubeSearch {
 public:
  /// Borrows both. `fixed_point` must be narrow; coordinates are code values less `centre`.
  CubeSearch(const ColourCubes& cubes, const FixedPoint& fixed_point, std::int32_t centre, const ThreadPool& pool);

  /// One of Lloyd's steps over all vectors: codewords move to the means of their cells.
  [[nodiscard]] CubeStep step(const FixedCodewords& codewords) const;

  /// The index of the nearest codeword, the lowest of equally near ones, of each vector that the table counted; none
  /// if a codeword is nearest to no vector.
  [[nodiscard]] std::optional<KeyIndices> assign(const FixedCodewords& codewords) const;

 private:
  using Nearest = std::array<std::uint16_t, cube_keys>;

  template <typename Whole, typename Mixed>
  void visit(const NarrowTable& table, std::size_t begin, std::size_t end, const Whole& whole,
             const Mixed& mixed) const;
  [[nodiscard]] std::size_t task_count() const noexcept;
  [[nodiscard]] SearchBox<std::int32_t> box_of(std::uint32_t first_key, std::int32_t side) const noexcept;
  /// Finds the nearest of the table's codewords, which it makes relative to the cube's corner, as the tiles are.
  void assign_cube(std::uint32_t first_key, NarrowTable& table, Nearest& nearest) const noexcept;
  /// -2 (value - centre) 2^F: a code value in a tile.
  [[nodiscard]] std::int32_t stored(std::int32_t value) const noexcept;

  const ColourCubes& cubes_;
  FixedPoint fixed_point_;
  std::int32_t centre_;
  const ThreadPool& pool_;
  NarrowKernels kernels_;
  std::array<std::int32_t, 2 * cube_keys> tiles_{};  ///< of a cube's vectors less its corner
};

}  // namespace vqi::detail
