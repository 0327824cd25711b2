// read_jpeg_segments: what a header says without any scan, and headers cut off at every byte.
#include "jpeg_segments.hpp"

#include <catch2/catch.hpp>

#include "jpeg_fixture.hpp"

using vqi::testing::Bytes;
using vqi::testing::jpeg_gradient;

TEST_CASE("a JPEG's segments tell its size, its coding and what its coefficients take") {
  const auto grey = vqi::detail::read_jpeg_segments(jpeg_gradient(40, 24, {.stored = JCS_GRAYSCALE}));
  CHECK(grey.frame_marker == 0xC0);
  CHECK(grey.width_px == 40);
  CHECK(grey.height_px == 24);
  CHECK(grey.components == 1);
  CHECK(grey.coefficients == 40 * 24);
  CHECK_FALSE(grey.has_several_scans);
  const auto colour = vqi::detail::read_jpeg_segments(jpeg_gradient(40, 24, {.is_progressive = true}));
  CHECK(colour.frame_marker == 0xC2);
  CHECK(colour.coefficients == 48 * 32 + 2 * 24 * 16);  // whole MCUs of 16x16 pixels
  CHECK(colour.has_several_scans);
  CHECK(vqi::detail::read_jpeg_segments(jpeg_gradient(40, 24, {.is_interleaved = false})).has_several_scans);
}

TEST_CASE("a JPEG cut off in front of its scan is damaged, whatever is missing") {
  const Bytes jpeg = jpeg_gradient(9, 9);
  std::size_t scan = 0;
  while (jpeg[scan] != std::byte{0xFF} || jpeg[scan + 1] != std::byte{0xDA}) ++scan;
  for (std::size_t length = 3; length < scan + 14; ++length)
    CHECK(vqi::testing::error_of([&] { return vqi::detail::read_jpeg_segments(std::span(jpeg).first(length)); }) ==
          vqi::ErrorCode::corrupt_image);
  CHECK_NOTHROW(vqi::detail::read_jpeg_segments(std::span(jpeg).first(scan + 14)));
}
