// read_jpeg2000_header: sizes on the reference grid, boxes, and headers cut off at every byte.
#include "jpeg2000_header.hpp"

#include <catch2/catch.hpp>

#include "jpeg2000_fixture.hpp"

using vqi::testing::Bytes;
using vqi::testing::write_jpeg2000_fixture;

TEST_CASE("a JPEG 2000 header tells size, components, depth and palette") {
  const auto header = vqi::detail::read_jpeg2000_header(
      write_jpeg2000_fixture({.components = 3, .bits = 12, .origin = 5, .chroma_distance = 2}));
  CHECK(header.is_boxed);
  CHECK_FALSE(header.has_palette);
  CHECK(header.ends_with_marker);
  CHECK(header.width_px == 20);
  CHECK(header.height_px == 14);
  CHECK(header.components == 3);
  CHECK(header.component_bits == 12);
  CHECK(vqi::detail::read_jpeg2000_header(vqi::testing::palette_jpeg2000()).has_palette);
  CHECK_FALSE(vqi::detail::read_jpeg2000_header(write_jpeg2000_fixture({.is_boxed = false})).is_boxed);
}

TEST_CASE("a JPEG 2000 header cut off at any byte is damaged") {
  for (const bool is_boxed : {false, true}) {
    const Bytes file = write_jpeg2000_fixture({.is_boxed = is_boxed});
    const std::size_t siz = is_boxed ? 87 : 2;
    for (std::size_t length = 12; length < siz + 40; ++length)
      CHECK(vqi::testing::error_of([&] { return vqi::detail::read_jpeg2000_header(std::span(file).first(length)); }) ==
            vqi::ErrorCode::corrupt_image);
  }
}
