// Indices of fixed width: sizes, round trips, and refusal of what no encoder writes.
#include "bit_packing.hpp"

#include <catch2/catch.hpp>
#include <span>
#include <vector>

#include "random.hpp"

namespace {

/// Bytes of a known value stand around what is coded.
constexpr std::size_t guard = 16;

}  // namespace

TEST_CASE("packed indices round-trip at every width and length without touching their neighbours") {
  for (std::uint32_t bits = 0; bits <= 16; ++bits)
    for (const std::size_t count : {1U, 7U, 8U, 9U, 64U, 1001U}) {
      const std::uint32_t k = 1U << bits;
      vqi::detail::Random random(count + k);
      std::vector<std::uint16_t> indices(count);
      for (std::uint16_t& index : indices) index = static_cast<std::uint16_t>(random.below(k));
      const auto size = static_cast<std::size_t>(vqi::detail::packed_size_bytes(count, bits));
      CHECK(size == (count * bits + 7) / 8);
      std::vector<std::byte> buffer(size + 2 * guard, std::byte{0xA5});
      const std::span<std::byte> packed = std::span(buffer).subspan(guard, size);
      vqi::detail::pack_indices(indices, bits, packed);
      for (std::size_t i = 0; i < guard; ++i) {
        REQUIRE(buffer[i] == std::byte{0xA5});
        REQUIRE(buffer[guard + size + i] == std::byte{0xA5});
      }
      std::vector<std::uint16_t> back(count);
      CHECK(vqi::detail::unpack_indices(packed, bits, back));
      CHECK(back == indices);
    }
}

TEST_CASE("an index that is not below K is noticed") {
  const std::vector<std::uint16_t> indices{0, 4, 2};
  std::vector<std::byte> packed(2);
  vqi::detail::pack_indices(indices, 3, packed);
  std::vector<std::uint16_t> back(3);
  CHECK(vqi::detail::unpack_indices(packed, 3, back));
  CHECK(vqi::detail::all_below(back, 3, 5));
  CHECK_FALSE(vqi::detail::all_below(back, 3, 4));
  CHECK(vqi::detail::all_below(back, 3, 8));
  CHECK(vqi::detail::all_below({}, 3, 4));
}

TEST_CASE("an unused bit that is set is refused") {
  const std::vector<std::uint16_t> indices{1, 2, 3};
  std::vector<std::byte> packed(2);
  vqi::detail::pack_indices(indices, 3, packed);
  std::vector<std::uint16_t> back(3);
  for (int bit = 9; bit < 16; ++bit) {
    std::vector<std::byte> damaged = packed;
    damaged[1] |= static_cast<std::byte>(1 << (bit - 8));
    CHECK_FALSE(vqi::detail::unpack_indices(damaged, 3, back));
  }
}
