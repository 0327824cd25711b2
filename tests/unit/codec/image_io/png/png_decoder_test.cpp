// PngDecoder: rows that are read in passes over a file that is not in memory, or that changes.
#include "png_decoder.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>

#include "byte_tools.hpp"
#include "png_fixture.hpp"
#include "streams/read_rows.hpp"

namespace {

using vqi::testing::Bytes;

Bytes grey_png(std::uint32_t width_px, int depth = 8) {
  return vqi::testing::write_fixture(
      vqi::testing::make_png_fixture(PNG_COLOR_TYPE_GRAY, depth, false, false, width_px, 9));
}

/// A source of what `file` holds at the time.
vqi::ByteSource source_of(const Bytes& file) {
  return {file.size(),
          [&](std::uint64_t offset, std::span<std::byte> bytes) {
            std::copy_n(file.begin() + static_cast<std::ptrdiff_t>(offset), bytes.size(), bytes.begin());
          },
          {}};
}

}  // namespace

TEST_CASE("interlaced and turned PNGs are not read by rows, and it is said why") {
  const Bytes interlaced =
      vqi::testing::write_fixture(vqi::testing::make_png_fixture(PNG_COLOR_TYPE_RGB, 8, true, false));
  CHECK_THAT(vqi::test::read_by_rows(interlaced).obstacle, Catch::Contains("interlaced"));
  for (std::uint32_t orientation = 1; orientation <= 8; ++orientation) {
    const Bytes exif = vqi::testing::png_chunk("eXIf", vqi::testing::exif_block(orientation));
    const Bytes turned = vqi::testing::with_png_chunk(grey_png(5), exif);
    CHECK(vqi::test::read_by_rows(turned).obstacle.empty() == (orientation == 1));
  }
}

TEST_CASE("a file that becomes another one between two passes is an error") {
  const Bytes first = grey_png(20);
  Bytes file = first;
  const auto rows = vqi::read_image_rows(source_of(file));
  REQUIRE(rows);
  Bytes samples(20 * 9);
  CHECK(rows->rows.read(0, 9, samples) == 9);
  for (const Bytes& other : {grey_png(21), grey_png(20, 16), grey_png(19)}) {
    file = other;
    file.resize(first.size());
    CHECK(vqi::testing::error_of([&] { rows->rows.read(0, 9, samples); }).has_value());
  }
  file = first;
  file[70] ^= std::byte{1};
  CHECK(vqi::testing::error_of([&] { rows->rows.read(0, 9, samples); }) == vqi::ErrorCode::corrupt_image);
  file = first;
  CHECK(rows->rows.read(0, 9, samples) == 9);
}

TEST_CASE("what a source throws while libpng reads comes through as it is") {
  const Bytes file = grey_png(200);
  bool fails = false;
  const auto rows = vqi::read_image_rows({file.size(),
                                          [&](std::uint64_t offset, std::span<std::byte> bytes) {
                                            if (fails) throw std::runtime_error("the disk is gone");
                                            source_of(file).read_at(offset, bytes);
                                          },
                                          {}});
  REQUIRE(rows);
  Bytes samples(200 * 9);
  fails = true;
  CHECK_THROWS_WITH(rows->rows.read(0, 9, samples), "the disk is gone");
  fails = false;
  CHECK(rows->rows.read(0, 9, samples) == 9);
}

TEST_CASE("rows take some rows of memory and none for the image") {
  const auto memory_of = [](std::uint32_t width_px) {
    const Bytes file = grey_png(width_px);
    return vqi::read_image_rows(source_of(file))->memory_bytes;
  };
  CHECK(memory_of(10'000) - memory_of(1000) == 3 * 9000);
}
