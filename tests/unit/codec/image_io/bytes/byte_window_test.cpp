// ByteWindow: integers of both byte orders, and nothing outside the bytes, whatever offset and length are claimed.
#include "byte_window.hpp"

#include <catch2/catch.hpp>
#include <limits>

#include "byte_tools.hpp"
#include "thrown_error.hpp"

using vqi::detail::ByteWindow;
using vqi::testing::Bytes;

TEST_CASE("integers are read in both byte orders at any offset") {
  const Bytes bytes{std::byte{0x01}, std::byte{0x82}, std::byte{0x03}, std::byte{0xF4}, std::byte{0x05}};
  const ByteWindow window(bytes, "TIFF");
  CHECK(window.size() == 5);
  CHECK(window.format() == "TIFF");
  CHECK(window.u8(3) == 0xF4);
  CHECK(window.be16(0) == 0x0182);
  CHECK(window.le16(0) == 0x8201);
  CHECK(window.be32(1) == 0x8203F405);
  CHECK(window.le32(1) == 0x05F40382);
  const Bytes eight(8, std::byte{0xFF});
  CHECK(ByteWindow(eight, "x").big<std::uint64_t>(0) == std::numeric_limits<std::uint64_t>::max());
}

TEST_CASE("what lies outside the bytes is corrupt, with their end as offset, also where sums would overflow") {
  const Bytes bytes(10);
  const ByteWindow window(bytes, "JPEG");
  CHECK(window.at(10, 0).empty());
  CHECK(window.at(0, 10).size() == 10);
  constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
  for (const auto& [offset, length] :
       {std::pair<std::uint64_t, std::uint64_t>{11, 0}, {0, 11}, {10, 1}, {9, 2}, {most, 1}, {1, most}, {most, most}}) {
    const auto error = vqi::test::thrown_by([&] { static_cast<void>(window.at(offset, length)); });
    CHECK(error.code == vqi::ErrorCode::corrupt_image);
    CHECK(error.offset == 10U);
    CHECK(vqi::test::holds(error.message, "JPEG ends early"));
  }
  CHECK(vqi::test::thrown_by([&] { static_cast<void>(window.be32(7)); }).code == vqi::ErrorCode::corrupt_image);
}

TEST_CASE("text is found where it stands and nowhere else, and never outside") {
  const Bytes bytes = vqi::testing::bytes_of("RIFFWEBP");
  const ByteWindow window(bytes, "WebP");
  CHECK(window.has(0, "RIFF"));
  CHECK(window.has(4, "WEBP"));
  CHECK(window.has(8, ""));
  CHECK_FALSE(window.has(1, "RIFF"));
  CHECK_FALSE(window.has(5, "WEBP"));
  CHECK_FALSE(window.has(9, ""));
  CHECK_FALSE(window.has(std::numeric_limits<std::uint64_t>::max(), "W"));
}
