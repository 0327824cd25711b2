// CodewordTable: codewords as columns with their norms, and room that is used again.
#include "codeword_table.hpp"

#include <catch2/catch.hpp>

#include "vector_sets.hpp"

namespace {

vqi::detail::FixedCodewords random_codewords(std::uint32_t dimension, std::size_t k, std::int32_t bound) {
  vqi::detail::FixedCodewords codewords{dimension, {}};
  vqi::detail::Random random(k);
  for (std::size_t i = 0; i < k * dimension; ++i)
    codewords.scaled.push_back(static_cast<std::int32_t>(random.below(2 * static_cast<std::uint64_t>(bound))) - bound);
  codewords.scaled[0] = -bound;
  return codewords;
}

std::int64_t norm_of(std::span<const std::int32_t> row) {
  std::int64_t norm = 0;
  for (const std::int32_t value : row) norm += std::int64_t{value} * value;
  return norm;
}

}  // namespace

TEST_CASE("a narrow table has two coordinates in a word, the last alone where their number is odd") {
  for (const std::uint32_t dimension : {1U, 2U, 3U, 7U}) {
    const vqi::detail::FixedCodewords codewords = random_codewords(dimension, 21, 8192);
    vqi::detail::NarrowTable table;
    vqi::detail::fill_table(codewords, table);
    CHECK(table.count == 21);
    CHECK(table.columns == (dimension + 1) / 2);
    CHECK(table.stride >= 21 + 16);
    for (std::size_t k = 0; k < 21; ++k) {
      CHECK(table.indices[k] == static_cast<std::int32_t>(k));
      CHECK(table.norms[k] == norm_of(codewords.row(k)));
      for (std::uint32_t i = 0; i < dimension; ++i) {
        const std::int32_t word = table.column(i / 2)[k];
        CHECK((i % 2 == 0 ? static_cast<std::int16_t>(word & 0xFFFF) : word >> 16) == codewords.row(k)[i]);
      }
      if (dimension % 2 == 1) CHECK(table.column(dimension / 2)[k] >> 16 == 0);
    }
  }
}

TEST_CASE("a wide table has a coordinate in a word, up to norms of 2^53") {
  const vqi::detail::FixedCodewords codewords = random_codewords(5, 21, 131071 * 16);
  vqi::detail::WideTable table;
  vqi::detail::fill_table(codewords, table);
  CHECK(table.columns == 5);
  for (std::size_t k = 0; k < 21; ++k) {
    CHECK(table.indices[k] == static_cast<double>(k));
    CHECK(static_cast<std::int64_t>(table.norms[k]) == norm_of(codewords.row(k)));
    for (std::uint32_t i = 0; i < 5; ++i) CHECK(table.column(i)[k] == codewords.row(k)[i]);
  }
}

TEST_CASE("a table that is filled again has the new codewords alone, whether they are more or fewer") {
  vqi::detail::NarrowTable table;
  for (const std::size_t k : {300U, 2U, 1U, 500U, 499U}) {
    const vqi::detail::FixedCodewords codewords = random_codewords(4, k, 128);
    vqi::detail::fill_table(codewords, table);
    CHECK(table.count == k);
    CHECK(table.words.size() >= table.stride * table.columns);
    CHECK(table.norms.size() >= k + 16);
    CHECK(table.norms[k - 1] == norm_of(codewords.row(k - 1)));
  }
}
