// Packed indices: bits by K, bit order, and rows padded to a byte.
#include "packed_indices.hpp"

#include <catch2/catch.hpp>

#include "byte_tools.hpp"
#include "made_block_image.hpp"

using namespace vqi::tool;
using vqi::test::made_block_image;

namespace {

std::vector<int> packed(std::uint32_t width, std::vector<std::uint16_t> indices, std::uint32_t bits, BitOrder order) {
  std::vector<int> values;
  for (const std::byte byte : pack_indices(made_block_image(width, std::move(indices), 16), bits, order))
    values.push_back(std::to_integer<int>(byte));
  return values;
}

}  // namespace

TEST_CASE("indices take the fewest bits that hold them") {
  const std::vector<std::pair<std::uint32_t, std::uint32_t>> cases{{1, 1},  {2, 1},  {3, 2},   {4, 2},    {5, 4},
                                                                   {16, 4}, {17, 8}, {256, 8}, {257, 16}, {65536, 16}};
  for (const auto& [k, bits] : cases) CHECK(fewest_index_bits(k) == bits);
}

TEST_CASE("rows are padded to a byte with zeros") {
  CHECK(packed_row_bytes(1, 1) == 1);
  CHECK(packed_row_bytes(9, 1) == 2);
  CHECK(packed_row_bytes(3, 4) == 2);
  CHECK(packed(3, {1, 0, 1, 0, 1, 1}, 1, BitOrder::msb_first) == std::vector<int>{0xA0, 0x60});
  CHECK(packed(3, {1, 0, 1, 0, 1, 1}, 1, BitOrder::lsb_first) == std::vector<int>{0x05, 0x06});
}

TEST_CASE("the first index is in the upper bits, or in the lower ones") {
  CHECK(packed(5, {0, 1, 2, 3, 1}, 2, BitOrder::msb_first) == std::vector<int>{0x1B, 0x40});
  CHECK(packed(5, {0, 1, 2, 3, 1}, 2, BitOrder::lsb_first) == std::vector<int>{0xE4, 0x01});
  CHECK(packed(3, {1, 2, 15}, 4, BitOrder::msb_first) == std::vector<int>{0x12, 0xF0});
  CHECK(packed(3, {1, 2, 15}, 4, BitOrder::lsb_first) == std::vector<int>{0x21, 0x0F});
  for (const BitOrder order : {BitOrder::msb_first, BitOrder::lsb_first})
    CHECK(packed(3, {1, 2, 15}, 8, order) == std::vector<int>{1, 2, 15});
}
