// ColourCode: colours to numbers and back, three bytes in Morton order.
#include "colour_code.hpp"

#include <catch2/catch.hpp>
#include <numeric>
#include <vector>

#include "random.hpp"

TEST_CASE("every vector of one, two and three bytes comes back from its code, which is below the number of codes") {
  for (const std::size_t bytes : {1U, 2U, 3U}) {
    const vqi::detail::ColourCode code(bytes);
    CHECK(code.code_count() == std::size_t{1} << (8 * bytes));
    CHECK(code.in_morton_order() == (bytes != 2));
    constexpr std::size_t count = 300;  // the last ones do not fill a SIMD vector
    std::vector<std::byte> vectors(count * bytes);
    vqi::detail::Random random(bytes);
    for (std::byte& byte : vectors) byte = static_cast<std::byte>(random.below(256));
    for (std::size_t i = 0; i < bytes; ++i) {
      vectors[i] = std::byte{0};
      vectors[bytes + i] = std::byte{255};
    }
    std::vector<std::uint32_t> codes(count);
    code.read_codes(vectors.data(), codes);
    CHECK(codes[0] == 0);
    CHECK(codes[1] == code.code_count() - 1);
    std::vector<std::byte> back(vectors.size());
    code.write_vectors(codes, back.data());
    CHECK(back == vectors);
  }
}

TEST_CASE("two bytes are a little-endian number") {
  const std::vector<std::byte> vector{std::byte{0x34}, std::byte{0x12}};
  std::vector<std::uint32_t> codes(1);
  vqi::detail::ColourCode(2).read_codes(vector.data(), codes);
  CHECK(codes[0] == 0x1234);
}

TEST_CASE("colours of a cube of 8 code values a side have neighbouring codes") {
  std::vector<std::uint32_t> codes(512);
  std::vector<std::byte> colours(3 * codes.size());
  for (std::uint32_t cube = 0; cube < 32768; cube += 1111) {
    std::iota(codes.begin(), codes.end(), cube * 512);
    vqi::detail::ColourCode(3).write_vectors(codes, colours.data());
    for (std::size_t n = 0; n < colours.size(); ++n)
      REQUIRE(std::to_integer<int>(colours[n]) / 8 == std::to_integer<int>(colours[n % 3]) / 8);
  }
}
