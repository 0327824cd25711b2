// The SIMD kernels of nearest-codeword search.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "codeword_table.hpp"
#include "vector_set.hpp"

namespace vqi {

/// The bounding box of some vectors in x_s units: `low` and `high` hold one Word per column, as
/// CodewordTable's.
template <typename Word>
struct SearchBox {
  std::vector<Word> low;
  std::vector<Word> high;
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
  /// As filter, but keeps what may be nearest or second nearest.
  void (*filter_two)(const SearchBox<Word>& box, const CodewordTable<Word>& table, std::size_t rival,
                     CodewordTable<Word>& kept);
  /// Keeps in `kept` those of `table` that may be nearest to some point of the box: y is left out
  /// if one codeword, the entry `rival` of the table, is strictly nearer everywhere in the box. Any
  /// rival is right; one near the centre leaves out most, and `no_rival` has it looked for.
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

}  // namespace vqi
