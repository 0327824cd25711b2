// CRC-32C: published values, the two implementations, joining.
#include "crc32c.hpp"

#include <catch2/catch.hpp>
#include <string_view>
#include <vector>

#include "random.hpp"

namespace {

std::span<const std::byte> bytes_of(std::string_view text) { return std::as_bytes(std::span(text)); }

std::vector<std::byte> random_bytes(std::size_t count) {
  vqi::detail::Random random(count);
  std::vector<std::byte> bytes(count);
  for (std::byte& byte : bytes) byte = static_cast<std::byte>(random.below(256));
  return bytes;
}

}  // namespace

TEST_CASE("CRC-32C gives the values of RFC 3720 and the check value of the polynomial") {
  CHECK(vqi::detail::crc32c(bytes_of("123456789")) == 0xE3069283U);
  CHECK(vqi::detail::crc32c(std::vector<std::byte>(32, std::byte{0})) == 0x8A9136AAU);
  CHECK(vqi::detail::crc32c(std::vector<std::byte>(32, std::byte{0xFF})) == 0x62A8AB43U);
  CHECK(vqi::detail::crc32c({}) == 0U);
}

TEST_CASE("CRC-32C by instruction equals CRC-32C by table at every length and in parts") {
  for (const std::size_t count : {1U, 7U, 8U, 9U, 63U, 4096U, 12287U, 12288U, 12289U, 40000U}) {
    const std::vector<std::byte> bytes = random_bytes(count);
    const std::uint32_t whole = vqi::detail::crc32c(bytes);
    CHECK(whole == vqi::detail::crc32c_portable(bytes));
    const std::span<const std::byte> span(bytes);
    for (const std::size_t cut : {std::size_t{0}, count / 3, count / 2, count}) {
      const std::uint32_t head = vqi::detail::crc32c(span.first(cut));
      const std::uint32_t tail = vqi::detail::crc32c(span.subspan(cut));
      CHECK(vqi::detail::crc32c(span.subspan(cut), head) == whole);
      CHECK(vqi::detail::crc32c_joined(head, tail, count - cut) == whole);
    }
  }
}
