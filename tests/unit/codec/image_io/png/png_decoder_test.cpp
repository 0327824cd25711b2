// PngDecoder: rows that are read in passes over a file that is not in memory, or that changes.
#include "png_decoder.hpp"

#include <zlib.h>

#include <catch2/catch.hpp>
#include <cstring>
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

/// Four rows of grey pixels, whose IDAT chunk holds `data`.
Bytes png_of_data(const Bytes& data, bool is_interlaced = false, std::uint32_t width_px = 4) {
  const Bytes plain = vqi::testing::write_fixture(
      vqi::testing::make_png_fixture(PNG_COLOR_TYPE_GRAY, 8, is_interlaced, false, width_px, 4));
  Bytes file(plain.begin(), plain.begin() + 33);  // signature and IHDR
  vqi::testing::append(file, vqi::testing::png_chunk("IDAT", data));
  vqi::testing::append(file, vqi::testing::png_chunk("IEND", {}));
  return file;
}

/// A zlib stream of `size` bytes, of which each fifth is a filter of 0 and the others are 7.
Bytes deflated(std::size_t size) {
  std::vector<Bytef> rows(size, 7);
  for (std::size_t i = 0; i < size; i += 5) rows[i] = 0;
  uLongf length = compressBound(static_cast<uLong>(size));
  Bytes stream(length);
  REQUIRE(compress(reinterpret_cast<Bytef*>(stream.data()), &length, rows.data(), static_cast<uLong>(size)) == Z_OK);
  stream.resize(length);
  return stream;
}

}  // namespace

TEST_CASE("more pixel data than the rows take are a warning beside the pixels, and an error where all damage is one") {
  constexpr std::size_t pixel_bytes = 20;
  Bytes behind = deflated(pixel_bytes);
  vqi::testing::append(behind, "surplus");
  for (const Bytes& data : {behind, deflated(pixel_bytes + 1), deflated(pixel_bytes + 5), deflated(10'000)}) {
    const Bytes file = png_of_data(data);
    const vqi::ReadImage read = vqi::read_image(file);
    for (const std::byte sample : read.image.samples()) CHECK(sample == std::byte{7});
    REQUIRE(read.warnings.size() == 1);
    CHECK_THAT(read.warnings[0], Catch::Contains("more pixel data") && Catch::Contains("changed no pixel"));
    CHECK(vqi::test::check_rows_are_those_of_the_whole(file));
    const vqi::ReadOptions strict{.damage = vqi::Damage::refuse_any};
    CHECK(vqi::testing::error_of([&] { return vqi::read_image(file, strict); }) == vqi::ErrorCode::corrupt_image);
    CHECK_FALSE(vqi::test::check_rows_are_those_of_the_whole(file, strict));
    const vqi::ReadImage salvaged = vqi::read_image(file, {.damage = vqi::Damage::salvage});
    CHECK(salvaged.warnings == read.warnings);
    CHECK_FALSE(salvaged.lost_pixels);
  }
  CHECK(vqi::read_image(png_of_data(deflated(pixel_bytes))).warnings.empty());
}

TEST_CASE("pixel data that end early, or whose checksum is wrong, are damage whatever follows") {
  Bytes early = deflated(19);
  vqi::testing::append(early, "surplus");
  Bytes wrong = deflated(20);
  wrong.back() ^= std::byte{1};
  Bytes both = wrong;
  vqi::testing::append(both, "surplus");
  for (const Bytes& data : {early, wrong, both})
    CHECK(vqi::testing::error_of([&] { return vqi::read_image(png_of_data(data)); }) == vqi::ErrorCode::corrupt_image);
}

TEST_CASE("matches may reach farther back than the window that a PNG's pixel data declare") {
  // Two rows of noise twice, so that the second pair is copied from 2,002 bytes before.
  constexpr std::uint32_t width = 1000;
  std::vector<Bytef> rows;
  for (std::size_t i = 0; i < 4 * (width + 1); ++i) {
    const std::size_t at = i % (2 * (width + 1));
    rows.push_back(at % (width + 1) == 0 ? Bytef{0} : static_cast<Bytef>(at * at * 40503U >> 7U));
  }
  uLongf length = compressBound(static_cast<uLong>(rows.size()));
  Bytes stream(length);
  REQUIRE(compress(reinterpret_cast<Bytef*>(stream.data()), &length, rows.data(), static_cast<uLong>(rows.size())) ==
          Z_OK);
  stream.resize(length);
  stream[0] = std::byte{0x08};  // a window of 256 bytes
  stream[1] = std::byte{0x1D};
  const vqi::ReadImage read = vqi::read_image(png_of_data(stream, false, width));
  CHECK(read.warnings.empty());
  CHECK(std::memcmp(read.image.row(3), rows.data() + 3 * (width + 1) + 1, width) == 0);
}

TEST_CASE("an interlaced PNG may have more pixel data than its rows take as well") {
  // Passes of 1, 1, 2 x 1, 2 x 2 and 4 x 2 pixels, each row behind its filter.
  std::vector<Bytef> rows(64, 0);
  uLongf length = compressBound(64);
  Bytes stream(length);
  REQUIRE(compress(reinterpret_cast<Bytef*>(stream.data()), &length, rows.data(), 64) == Z_OK);
  stream.resize(length);
  CHECK(vqi::read_image(png_of_data(stream, true)).warnings.size() == 1);
}

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
