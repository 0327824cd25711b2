// The SIMD kernels of nearest-codeword search.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "codeword_table.hpp"

namespace vqi::detail {

/// Columns up to which boxes prune: in more dimensions every box holds nearly all codewords.
inline constexpr std::size_t pruned_columns_narrow = 3;  // up to 6 dimensions
inline constexpr std::size_t pruned_columns_wide = 5;

/// The bounding box of some vectors in x_s units: `low` and `high` hold one Word per column, as
/// CodewordTable's.
template <typename Word>
struct SearchBox {
  std::array<Word, pruned_columns_wide> low;
  std::array<Word, pruned_columns_wide> high;
};

inline constexpr std::size_t no_rival = ~std::size_t{0};

/// Every kernel of one number format for one SIMD target. All of them are exact: every target gives
/// the same answers.
template <typename Word, typename TileWord>
struct NearestKernels {
  /// The nearest codeword of each vector in `tile_count` tiles; of equally near ones the first in
  /// the table.
  void (*assign)(const TileWord* tiles, std::size_t tile_count, const CodewordTable<Word>& table,
                 std::uint16_t* indices);
  /// As assign, with the scores of the nearest and the second nearest codeword; the table has two at least.
  void (*assign_two)(const TileWord* tiles, std::size_t tile_count, const CodewordTable<Word>& table,
                     std::uint16_t* indices, Word* scores, Word* second_scores);
  /// As filter with no_rival, but keeps what may be nearest or second nearest; the table has two at least.
  void (*filter_two)(const SearchBox<Word>& box, const CodewordTable<Word>& table, std::size_t rival,
                     CodewordTable<Word>& kept);
  /// Keeps in `kept` those of `table` that may be nearest to some point of the box: y is left out
  /// if one codeword, that with the index `rival`, is strictly nearer everywhere in the box. Any rival
  /// is right; one near the centre leaves out most, and `no_rival`, or one that is not in the table,
  /// has it looked for.
  void (*filter)(const SearchBox<Word>& box, const CodewordTable<Word>& table, std::size_t rival,
                 CodewordTable<Word>& kept);
  /// The scores of the table's entry `entry` for each vector in the tiles.
  void (*scores)(const TileWord* tiles, std::size_t tile_count, const CodewordTable<Word>& table, std::size_t entry,
                 Word* scores);
  /// The bounding box of `tile_count` tiles of `columns` columns.
  void (*bound)(const TileWord* tiles, std::size_t tile_count, std::size_t columns, Word* low, Word* high);
};

using NarrowKernels = NearestKernels<std::int32_t, std::int32_t>;
using WideKernels = NearestKernels<double, float>;

/// The kernels for the best target of this machine.
[[nodiscard]] NarrowKernels narrow_kernels();
[[nodiscard]] WideKernels wide_kernels();

}  // namespace vqi::detail
