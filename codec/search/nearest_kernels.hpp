// NearestKernels: what nearest-codeword search computes with SIMD, for each number format.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "codeword_table.hpp"

namespace vqi::detail {

/// The largest numbers of columns with boxes: in more dimensions nearly every codeword may be nearest in a box.
inline constexpr std::size_t pruned_columns_narrow = 3;  // up to 6 dimensions
inline constexpr std::size_t pruned_columns_wide = 5;

/// The bounding box of some vectors, in units of x_s; `low` and `high` have the columns of CodewordTable.
template <typename Word>
struct SearchBox {
  std::array<Word, pruned_columns_wide> low;
  std::array<Word, pruned_columns_wide> high;
};

/// For a filter that has to find a rival itself.
inline constexpr std::size_t no_rival = ~std::size_t{0};

/// The kernels of one number format for one SIMD target. All are exact, so all targets give the same results.
template <typename Word, typename TileWord>
struct NearestKernels {
  /// Writes the index of each vector's nearest codeword, tile_count * tile_vectors indices. If several codewords are
  /// equally near, it is the first of them in the table.
  void (*assign)(const TileWord* tiles, std::size_t tile_count, const CodewordTable<Word>& table,
                 std::uint16_t* indices);
  /// As assign, and writes the scores of the nearest and the second nearest codeword. The table has at least two.
  void (*assign_two)(const TileWord* tiles, std::size_t tile_count, const CodewordTable<Word>& table,
                     std::uint16_t* indices, Word* scores, Word* second_scores);
  /// As filter, but keeps the codewords that may be nearest or second nearest; `rival` is no_rival. The table has at
  /// least two.
  void (*filter_two)(const SearchBox<Word>& box, const CodewordTable<Word>& table, std::size_t rival,
                     CodewordTable<Word>& kept);
  /// Copies to `kept` the codewords of `table` that may be nearest somewhere in the box. A codeword is left out if the
  /// rival, the codeword with index `rival`, is strictly nearer in the whole box. Every rival gives a valid result, and
  /// one near the box's centre leaves out most; with no_rival, or if the table lacks `rival`, the codeword nearest to
  /// the centre is searched for and used.
  void (*filter)(const SearchBox<Word>& box, const CodewordTable<Word>& table, std::size_t rival,
                 CodewordTable<Word>& kept);
  /// Writes the score of the table's entry `entry` for each vector in the tiles.
  void (*scores)(const TileWord* tiles, std::size_t tile_count, const CodewordTable<Word>& table, std::size_t entry,
                 Word* scores);
  /// Writes the bounding box of `tile_count` tiles with `columns` columns.
  void (*bound)(const TileWord* tiles, std::size_t tile_count, std::size_t columns, Word* low, Word* high);
};

using NarrowKernels = NearestKernels<std::int32_t, std::int32_t>;
using WideKernels = NearestKernels<double, float>;

/// The kernels for the best SIMD target of this machine.
[[nodiscard]] NarrowKernels narrow_kernels();
[[nodiscard]] WideKernels wide_kernels();

}  // namespace vqi::detail
