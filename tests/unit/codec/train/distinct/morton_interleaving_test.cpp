// Morton keys of three bytes: bit by bit what a loop makes, on every SIMD target.
#include "morton_interleaving.hpp"

#include <catch2/catch.hpp>
#include <vector>

#include "random.hpp"
#include "simd_targets.hpp"

namespace {

std::uint32_t key_by_loop(const std::byte* vector) {
  std::uint32_t key = 0;
  for (std::uint32_t i = 0; i < 8; ++i)
    for (std::uint32_t j = 0; j < 3; ++j) key |= (static_cast<std::uint32_t>(vector[j]) >> i & 1U) << (3 * i + 2 - j);
  return key;
}

}  // namespace

TEST_CASE("bits of three bytes are interleaved as a loop does it, for every number of vectors") {
  vqi::test::on_every_target([] {
    vqi::detail::Random random(1);
    for (std::size_t count = 0; count <= 70; ++count) {
      // Exactly as long as the vectors: a byte read after them shows under the address sanitizer.
      std::vector<std::byte> vectors(3 * count);
      for (std::byte& byte : vectors) byte = static_cast<std::byte>(random.below(256));
      std::vector<std::uint32_t> keys(count + 1, 0xABCDU);
      vqi::detail::interleave_bytes(vectors.data(), std::span(keys).first(count));
      for (std::size_t n = 0; n < count; ++n) REQUIRE(keys[n] == key_by_loop(vectors.data() + 3 * n));
      REQUIRE(keys[count] == 0xABCDU);
    }
  });
}

TEST_CASE("each single bit moves to its place") {
  vqi::test::on_every_target([] {
    for (std::uint32_t bit = 0; bit < 24; ++bit) {
      std::vector<std::byte> vectors(3 * 32);
      for (std::size_t n = 0; n < 32; ++n) vectors[3 * n + bit / 8] = static_cast<std::byte>(1U << bit % 8);
      std::vector<std::uint32_t> keys(32);
      vqi::detail::interleave_bytes(vectors.data(), keys);
      for (const std::uint32_t key : keys) REQUIRE(key == 1U << (3 * (bit % 8) + 2 - bit / 8));
    }
  });
}
