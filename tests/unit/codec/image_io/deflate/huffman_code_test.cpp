// Huffman codes: optimal where short enough, complete, and in RFC 1951's order.
#include "huffman_code.hpp"

#include <catch2/catch.hpp>

using namespace vqi::detail;

namespace {

/// The sum of 2^-length, times 2^15: 2^15 for a complete code.
std::uint32_t kraft_sum(const std::vector<std::uint8_t>& lengths) {
  std::uint32_t sum = 0;
  for (const std::uint8_t length : lengths)
    if (length > 0) sum += 1U << (15 - length);
  return sum;
}

}  // namespace

TEST_CASE("code lengths are Huffman's, and complete where they are bounded") {
  CHECK(code_lengths(std::vector<std::uint32_t>{5, 0, 9, 12, 13, 16, 45}, 15) ==
        std::vector<std::uint8_t>{4, 0, 4, 3, 3, 3, 1});
  std::vector<std::uint32_t> fibonacci{1, 1};
  while (fibonacci.size() < 30) fibonacci.push_back(fibonacci.back() + *(fibonacci.end() - 2));
  for (const std::uint32_t longest : {7U, 15U}) {
    const std::vector<std::uint8_t> lengths = code_lengths(fibonacci, longest);
    CHECK(*std::max_element(lengths.begin(), lengths.end()) <= longest);
    CHECK(kraft_sum(lengths) == 1U << 15);
  }
}

TEST_CASE("no symbol has no code, and one alone has one bit") {
  CHECK(code_lengths(std::vector<std::uint32_t>{0, 0}, 15) == std::vector<std::uint8_t>{0, 0});
  CHECK(code_lengths(std::vector<std::uint32_t>{0, 8}, 15) == std::vector<std::uint8_t>{0, 1});
}

TEST_CASE("canonical codes are those of the example in RFC 1951, mirrored") {
  const std::vector<std::uint8_t> lengths{3, 3, 3, 3, 3, 2, 4, 4};
  // 010 011 100 101 110 00 1110 1111
  CHECK(canonical_codes(lengths) == std::vector<std::uint16_t>{2, 6, 1, 5, 3, 0, 7, 15});
}
