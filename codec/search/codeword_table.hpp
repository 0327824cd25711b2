// CodewordTable: fixed-point codewords in the layout that the search kernels read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "fixed_point.hpp"

namespace vqi::detail {

/// Codewords under training: multiples of 2^-F, stored as c_s = c 2^F in an array (k, d), row-major.
struct FixedCodewords {
  std::uint32_t dimension = 1;
  std::vector<std::int32_t> scaled;

  [[nodiscard]] std::size_t size() const noexcept { return scaled.size() / dimension; }
  [[nodiscard]] std::span<std::int32_t> row(std::size_t k) noexcept {
    return std::span(scaled).subspan(k * dimension, dimension);
  }
  [[nodiscard]] std::span<const std::int32_t> row(std::size_t k) const noexcept {
    return std::span(scaled).subspan(k * dimension, dimension);
  }
};

/// All or some codewords of a codebook, as columns. A Word is an int16 pair in an int32 (narrow) or a double (wide).
/// Entries are in ascending order of their index, so that the first of several equal scores has the lowest index.
/// Arrays are padded, so that a full SIMD vector can be loaded at the last entry.
template <typename Word>
struct CodewordTable {
  std::size_t count = 0;
  std::size_t stride = 0;     ///< entries from the start of one column to the start of the next
  std::size_t columns = 0;    ///< pairs or dimensions
  std::vector<Word> words;    ///< [column][stride]
  std::vector<Word> norms;    ///< |c_s|^2
  std::vector<Word> indices;  ///< the codeword's index in the codebook, as an integer in a Word

  /// Makes room for `capacity` entries of `columns_wanted` columns, and discards the contents.
  void reserve(std::size_t capacity, std::size_t columns_wanted);
  [[nodiscard]] const Word* column(std::size_t c) const noexcept { return words.data() + c * stride; }
  [[nodiscard]] Word* column(std::size_t c) noexcept { return words.data() + c * stride; }
};

using NarrowTable = CodewordTable<std::int32_t>;
using WideTable = CodewordTable<double>;

/// Fills `table` with all codewords.
void fill_table(const FixedCodewords& codewords, NarrowTable& table);
void fill_table(const FixedCodewords& codewords, WideTable& table);

}  // namespace vqi::detail
