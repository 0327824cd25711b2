// Little-endian integers in bytes: any width, without touching what stands beside them.
#include "bytes.hpp"

#include <catch2/catch.hpp>

TEST_CASE("an integer of every width is stored lowest byte first, loaded back, and its neighbours are left alone") {
  constexpr std::uint64_t value = 0xFEDCBA9876543210U;
  for (std::size_t count = 0; count <= 8; ++count) {
    std::vector<std::byte> bytes(10, std::byte{0xA5});
    vqi::detail::store_le(bytes.data() + 1, value, count);
    for (std::size_t i = 0; i < count; ++i) CHECK(bytes[1 + i] == static_cast<std::byte>(value >> (8 * i) & 0xFFU));
    CHECK(bytes[0] == std::byte{0xA5});
    CHECK(bytes[1 + count] == std::byte{0xA5});
    const std::uint64_t kept = count == 8 ? value : value & ((std::uint64_t{1} << (8 * count)) - 1);
    CHECK(vqi::detail::load_le(bytes.data() + 1, count) == kept);
  }
}

TEST_CASE("a writer appends integers, bytes and text one after the other") {
  std::vector<std::byte> bytes{std::byte{9}};
  vqi::detail::ByteWriter writer(bytes);
  writer.integer(0x0102, 3);
  writer.append(std::vector<std::byte>{std::byte{7}, std::byte{8}});
  writer.append({});
  writer.text("a\xFF");
  writer.integer(5, 0);
  CHECK(writer.size() == 8);
  const std::vector<std::byte> expected{std::byte{9}, std::byte{2}, std::byte{1},   std::byte{0},
                                        std::byte{7}, std::byte{8}, std::byte{'a'}, std::byte{0xFF}};
  CHECK(bytes == expected);
}
