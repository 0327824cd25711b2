// KeyFormat: vectors to numbers and back, those of three bytes in Morton order.
#include "key_format.hpp"

#include <catch2/catch.hpp>
#include <vector>

#include "random.hpp"

TEST_CASE("every vector of one, two and three bytes comes back from its key, which is below the number of keys") {
  for (const std::size_t bytes : {1U, 2U, 3U}) {
    const vqi::detail::KeyFormat format(bytes);
    CHECK(format.key_count() == std::size_t{1} << (8 * bytes));
    CHECK(format.in_morton_order() == (bytes != 2));
    constexpr std::size_t count = 300;  // also those that do not fill a SIMD vector
    std::vector<std::byte> vectors(count * bytes);
    vqi::detail::Random random(bytes);
    for (std::byte& byte : vectors) byte = static_cast<std::byte>(random.below(256));
    for (std::size_t i = 0; i < bytes; ++i) {
      vectors[i] = std::byte{0};
      vectors[bytes + i] = std::byte{255};
    }
    std::vector<std::uint32_t> keys(count);
    format.read_keys(vectors.data(), keys);
    CHECK(keys[0] == 0);
    CHECK(keys[1] == format.key_count() - 1);
    std::vector<std::byte> back(vectors.size());
    format.write_vectors(keys, back.data());
    CHECK(back == vectors);
  }
}

TEST_CASE("two bytes are a little-endian number") {
  const std::vector<std::byte> vector{std::byte{0x34}, std::byte{0x12}};
  std::vector<std::uint32_t> keys(1);
  vqi::detail::KeyFormat(2).read_keys(vector.data(), keys);
  CHECK(keys[0] == 0x1234);
}

TEST_CASE("keys of a cube of 8 code values a side are neighbours") {
  for (std::uint32_t cube = 0; cube < 32768; cube += 1111) {
    const auto corner = vqi::detail::vector_of_key(cube * 512);
    for (std::uint32_t key = cube * 512; key < (cube + 1) * 512; ++key) {
      const auto vector = vqi::detail::vector_of_key(key);
      for (std::size_t i = 0; i < 3; ++i) REQUIRE(vector[i] / 8 == corner[i] / 8);
    }
  }
}
