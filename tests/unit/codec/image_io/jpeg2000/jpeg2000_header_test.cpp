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
  CHECK_FALSE(header.has_palette());
  CHECK(header.trailing_bytes == 0);
  CHECK(header.ends_with_marker);
  CHECK(header.width_px == 20);
  CHECK(header.height_px == 14);
  CHECK(header.components == 3);
  CHECK(header.component_bits == 12);
  CHECK_FALSE(vqi::detail::read_jpeg2000_header(write_jpeg2000_fixture({.is_boxed = false})).is_boxed);
}

TEST_CASE("a palette's channels and bits are told, and what OpenJPEG makes of them is counted") {
  const auto header_of = [](std::string_view palette, std::string_view map) {
    Bytes boxes = vqi::testing::jpeg2000_box("pclr", vqi::testing::hex_bytes(palette));
    if (!map.empty()) vqi::testing::append(boxes, vqi::testing::jpeg2000_box("cmap", vqi::testing::hex_bytes(map)));
    return vqi::detail::read_jpeg2000_header(
        vqi::testing::boxed_jpeg2000({.components = 1, .bits = 4}, vqi::testing::hex_bytes("01000000000010"), boxes));
  };
  const auto header = vqi::detail::read_jpeg2000_header(vqi::testing::palette_jpeg2000());
  CHECK(header.palette_channels == 3);
  CHECK(header.palette_bits == 8);
  const auto plain = vqi::detail::read_jpeg2000_header(write_jpeg2000_fixture({.components = 1, .bits = 4}));
  const auto mapped = header_of("000103070b07ffffffffff", "000001000000010100000102");
  CHECK(mapped.channels() == 3);
  CHECK(mapped.sample_bits() == 12);
  CHECK(mapped.component_bits == 4);
  CHECK(mapped.memory_bytes == plain.memory_bytes + 20 * 14 * 3 * 4);
  CHECK(header_of("00010100ff", "00000000").sample_bits() == 4);  // a component as it is
  CHECK_THAT(vqi::testing::message_of([&] { return header_of("0001050707070707ffffffffff", "00000100"); }),
             Catch::Contains("a palette of 5 columns"));
  CHECK(vqi::testing::error_of([&] { return header_of("000103070707ffffff", "0000010000000101"); }) ==
        vqi::ErrorCode::corrupt_image);
}

TEST_CASE("a palette that nothing is mapped to is damage, as its indices are no grey") {
  const Bytes palette = vqi::testing::jpeg2000_box("pclr", vqi::testing::hex_bytes("000103070707ffffff"));
  const Bytes file =
      vqi::testing::boxed_jpeg2000({.components = 1}, vqi::testing::hex_bytes("01000000000010"), palette);
  CHECK(vqi::testing::error_of([&] { return vqi::detail::read_jpeg2000_header(file); }) ==
        vqi::ErrorCode::corrupt_image);
}

TEST_CASE("a colour space that OpenJPEG would take for RGB is refused by its name, wherever it counts") {
  const auto message_of_colours = [](std::string_view first, std::string_view second = "") {
    Bytes more;
    if (!second.empty()) more = vqi::testing::jpeg2000_box("colr", vqi::testing::hex_bytes(second));
    const Bytes file = vqi::testing::boxed_jpeg2000({.components = 3}, vqi::testing::hex_bytes(first), more);
    return vqi::testing::message_of([&] { return vqi::detail::read_jpeg2000_header(file); });
  };
  for (const char* known : {"01000000000000", "01000000000010", "01000000000011", "01000000000012", "01000000000018"})
    CHECK(message_of_colours(known).empty());
  CHECK_THAT(message_of_colours("01000000000001"), Catch::Contains("the space YCbCr(1)"));
  CHECK_THAT(message_of_colours("0100000000000b"), Catch::Contains("the space CMY"));
  CHECK_THAT(message_of_colours("0100000000000d"), Catch::Contains("the space YCCK"));
  CHECK_THAT(message_of_colours("01000000000015"), Catch::Contains("the space ROMM-RGB"));
  CHECK_THAT(message_of_colours("01000000000063"), Catch::Contains("the space number 99"));
  CHECK(message_of_colours("01000000000010", "01000000000001").empty());  // the first counts
  CHECK_THAT(message_of_colours("040000", "0100000000000b"), Catch::Contains("the space CMY"));
}

TEST_CASE("what follows the last box of a JPEG 2000 file is counted, boxes that are whole are not") {
  const Bytes file = write_jpeg2000_fixture({});
  const auto trailing = [&](const Bytes& more) {
    Bytes longer = file;
    vqi::testing::append(longer, more);
    return vqi::detail::read_jpeg2000_header(longer).trailing_bytes;
  };
  CHECK(trailing(Bytes(1)) == 1);
  CHECK(trailing(Bytes(7)) == 7);
  CHECK(trailing(Bytes(100)) == 100);
  CHECK(trailing(vqi::testing::bytes_of("what follows is text")) == 20);
  Bytes box = vqi::testing::jpeg2000_box("xml ", Bytes(20));
  CHECK(trailing(box) == 0);
  box.pop_back();
  CHECK(trailing(box) == 27);
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
