// Hashes of bytes: pinned, as files depend on them.
#include "match_hash.hpp"

#include <array>
#include <catch2/catch.hpp>

using namespace vqi::detail;

TEST_CASE("hashes of bytes are those of their little-endian number, on every machine") {
  constexpr std::array<std::uint8_t, 8> one{1, 0, 0, 0, 0, 0, 0, 0};
  CHECK(hash_of_four(one.data(), 16) == 0x9E37);
  CHECK(hash_of_four(one.data(), 15) == 0x9E37 >> 1);
  CHECK(hash_of_eight(one.data(), 16) == 0x9E37);
  constexpr std::array<std::uint8_t, 8> last{0, 0, 0, 2, 0, 0, 0, 1};
  CHECK(hash_of_four(last.data(), 16) == 0x6200);       // 0xB1 * 2, in the top byte
  CHECK(hash_of_eight(last.data(), 8) == 0x15 + 0x72);  // 2^56 leaves the lowest byte, 2^25 bits 31 to 38
}
