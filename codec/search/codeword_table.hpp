// CodewordTable: fixed-point codewords in the layout that the search kernels read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "fixed_point.hpp"

namespace vqi::detail {

/// Codewords under training: (k, d) multiples of 2^-F, row-major, as c_s = c 2^F.
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

/// Codewords, or some of them, as columns: Word is an int16 pair in an int32 (narrow) or a double
/// (wide). Entries stand in ascending order of their index, so that the first of equal scores is
/// the lowest index. Arrays are padded for a full vector's load behind the last entry.
template <typename Word>
struct CodewordTable {
  std::size_t count = 0;
  std::size_t stride = 0;     ///< entries between the beginnings of two columns
  std::size_t columns = 0;    ///< pairs or dimensions
  std::vector<Word> words;    ///< [column][stride]
  std::vector<Word> norms;    ///< |c_s|^2
  std::vector<Word> indices;  ///< of the codeword, as a Word's integer value

  /// Makes room for `capacity` entries of `columns_wanted` columns; keeps no content.
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
