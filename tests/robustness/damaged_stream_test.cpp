// Streams that claim too much are refused, and regions are read from damaged streams.
#include <catch2/catch.hpp>
#include <vector>

#include "crc32c.hpp"
#include "small_streams.hpp"
#include "test_images.hpp"
#include "vqi/vqi.hpp"

using vqi::test::Content;

namespace {

bool is_data_error(const std::vector<std::byte>& bytes) {
  try {
    static_cast<void>(vqi::decode(bytes));
    return false;
  } catch (const vqi::Error& error) {
    return error.error_class() == vqi::ErrorClass::data;
  }
}

void set_u32(std::vector<std::byte>& bytes, std::size_t at, std::uint32_t value) {
  for (std::size_t i = 0; i < 4; ++i) bytes[at + i] = static_cast<std::byte>(value >> (8 * i) & 0xFFU);
}

}  // namespace

TEST_CASE("a byte after the end is refused") {
  for (vqi::test::SmallStream& stream : vqi::test::small_streams()) {
    stream.bytes.push_back(std::byte{0});
    INFO(stream.name);
    CHECK(is_data_error(stream.bytes));
  }
}

TEST_CASE("a section that must be read is refused where it is marked as one that may be skipped") {
  std::vector<std::byte> stream = vqi::test::small_streams().front().bytes;
  constexpr std::size_t end_bytes = 24;
  std::vector<std::byte> extra(stream.end() - end_bytes, stream.end());
  extra[4] = std::byte{1};  // the flag of a second END before the first
  set_u32(extra, end_bytes - 4, vqi::detail::crc32c(std::span(extra).first(end_bytes - 4)));
  stream.insert(stream.end() - end_bytes, extra.begin(), extra.end());
  const std::size_t end = stream.size() - end_bytes;
  set_u32(stream, end + 12, static_cast<std::uint32_t>(stream.size()));
  set_u32(stream, end + 20, vqi::detail::crc32c(std::span(stream).subspan(end, 20)));
  CHECK(is_data_error(stream));
  CHECK(vqi::inspect(stream).damage.has_value());
}

TEST_CASE("a header that claims a huge image is refused by the limits, or by the strips that are missing") {
  std::vector<std::byte> stream = vqi::test::small_streams().front().bytes;
  set_u32(stream, 12, 1U << 20);
  set_u32(stream, 16, 1U << 20);
  set_u32(stream, 60, vqi::detail::crc32c(std::span(stream).first(60)));
  try {
    static_cast<void>(vqi::decode(stream));
    FAIL("was decoded");
  } catch (const vqi::Error& error) {
    CHECK(error.error_class() == vqi::ErrorClass::limit);
    CHECK(std::string(error.what()).find("pixels and the limit is") != std::string::npos);
  }
  vqi::DecodeLimits limits;
  limits.max_pixels = ~std::uint64_t{0};
  CHECK_THROWS_AS(vqi::decode(stream, limits), vqi::Error);
}

TEST_CASE("the region of an image is that part of the whole, whatever strips and blocks it touches") {
  for (const std::uint32_t block : {1U, 3U}) {
    const vqi::Image image = vqi::test::make_image(300, 700, 3, 8, Content::smooth);
    vqi::EncodeOptions options;
    options.k = 40;
    options.block_width_px = options.block_height_px = block;
    const std::vector<std::byte> stream = vqi::encode(image, options).bytes;
    const vqi::Image whole = vqi::decode(stream);
    for (const auto& [x, y, width, height] :
         {std::tuple{0U, 0U, 300U, 700U}, {0U, 0U, 1U, 1U}, {299U, 699U, 1U, 1U}, {17U, 210U, 101U, 250U}}) {
      const vqi::Image region = vqi::decode_region(stream, x, y, width, height);
      std::size_t wrong = 0;
      for (std::uint32_t dy = 0; dy < height; ++dy)
        for (std::uint32_t dx = 0; dx < width; ++dx)
          for (std::uint32_t c = 0; c < 3; ++c)
            if (vqi::test::sample_at(region, dx, dy, c) != vqi::test::sample_at(whole, x + dx, y + dy, c)) ++wrong;
      CHECK(wrong == 0);
    }
    CHECK_THROWS_AS(vqi::decode_region(stream, 299, 0, 2, 1), vqi::Error);
    CHECK_THROWS_AS(vqi::decode_region(stream, 0, 0, 0, 1), vqi::Error);
  }
}

TEST_CASE("a damaged strip costs a region nothing that it does not touch") {
  const vqi::Image image = vqi::test::make_image(256, 1024, 1, 8, Content::noise);
  vqi::EncodeOptions options;
  options.k = 16;
  options.coding = vqi::Coding::packed;
  std::vector<std::byte> stream = vqi::encode(image, options).bytes;
  const vqi::Image whole = vqi::decode(stream);
  stream[stream.size() - 100] ^= std::byte{1};  // in the last of four strips
  CHECK_THROWS_AS(vqi::decode(stream), vqi::Error);
  CHECK_THROWS_AS(vqi::decode_region(stream, 0, 1000, 8, 8), vqi::Error);
  const vqi::Image region = vqi::decode_region(stream, 0, 0, 256, 256);
  CHECK(std::equal(region.samples().begin(), region.samples().end(), whole.samples().begin()));
}
