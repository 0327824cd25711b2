// Columns of int16 pairs or doubles, filled from rows of codewords.
#include "codeword_table.hpp"

#include <algorithm>
#include <bit>

namespace vqi::detail {
namespace {

/// Entries after the last that a kernel may read and write: a full SIMD vector of the widest target.
constexpr std::size_t padding = 16;

}  // namespace

template <typename Word>
void CodewordTable<Word>::reserve(std::size_t capacity, std::size_t columns_wanted) {
  columns = columns_wanted;
  count = 0;
  const std::size_t wanted = capacity + padding;
  if (stride >= wanted && words.size() >= stride * columns) return;
  stride = std::max(stride, wanted);
  words.assign(stride * columns, Word{});
  norms.assign(stride, Word{});
  indices.assign(stride, Word{});
}

template struct CodewordTable<std::int32_t>;
template struct CodewordTable<double>;

void fill_table(const FixedCodewords& codewords, NarrowTable& table) {
  const std::size_t pairs = (codewords.dimension + 1) / 2;
  table.reserve(codewords.size(), pairs);
  table.count = codewords.size();
  for (std::size_t k = 0; k < table.count; ++k) {
    const std::span<const std::int32_t> row = codewords.row(k);
    std::int32_t norm = 0;
    for (std::size_t i = 0; i < row.size(); i += 2) {
      const std::int32_t low = row[i];
      const std::int32_t high = i + 1 < row.size() ? row[i + 1] : 0;
      norm += low * low + high * high;
      table.column(i / 2)[k] = std::bit_cast<std::int32_t>((static_cast<std::uint32_t>(low) & 0xFFFFU) |
                                                           static_cast<std::uint32_t>(high) << 16);
    }
    table.norms[k] = norm;
    table.indices[k] = static_cast<std::int32_t>(k);
  }
}

void fill_table(const FixedCodewords& codewords, WideTable& table) {
  table.reserve(codewords.size(), codewords.dimension);
  table.count = codewords.size();
  for (std::size_t k = 0; k < table.count; ++k) {
    const std::span<const std::int32_t> row = codewords.row(k);
    double norm = 0;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const double value = row[i];
      norm += value * value;
      table.column(i)[k] = value;
    }
    table.norms[k] = norm;
    table.indices[k] = static_cast<double>(k);
  }
}

}  // namespace vqi::detail
