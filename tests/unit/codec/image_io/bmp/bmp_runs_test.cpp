// Run lengths: runs, literals, deltas, ends, rows that are cut, and damage.
#include "bmp_runs.hpp"

#include <catch2/catch.hpp>

#include "bmp_builder.hpp"
#include "image_tools.hpp"

namespace {

using vqi::Damage;
using vqi::ErrorCode;
using vqi::testing::BmpBuilder;
using vqi::testing::Bytes;
using vqi::testing::bytes_from;
using Samples = std::vector<std::uint32_t>;

Bytes run_bmp(std::int32_t width_px, std::int32_t height_px, std::uint32_t bits, const Bytes& runs) {
  BmpBuilder bmp{.width_px = width_px, .height_px = height_px, .bits = bits, .pixels = runs};
  bmp.compression = bits == 8 ? 1 : 2;
  if (bits == 24) {
    bmp.info_bytes = 64;
    bmp.compression = 4;
  } else {
    bmp.colours_used = 4;
    bmp.behind_header = vqi::testing::words_of({0x0A0A0A, 0x141414, 0x1E1E1E, 0x282828});  // grey 10, 20, 30, 40
  }
  return bmp.build();
}
Samples samples(const Bytes& file) { return vqi::testing::samples_of(vqi::read_image(file).image); }
auto error_of_reading(const Bytes& file) {
  return vqi::testing::error_of([&] { return vqi::read_image(file); });
}

}  // namespace

TEST_CASE("RLE8 has runs and literals, padded to two bytes") {
  CHECK(samples(run_bmp(5, 2, 8, bytes_from({2, 1, 0, 3, 0, 1, 2, 99, 0, 0, 5, 3, 0, 1}))) ==
        Samples{40, 40, 40, 40, 40, 20, 20, 10, 20, 30});
}

TEST_CASE("RLE4 alternates between the two indices of a run") {
  CHECK(samples(run_bmp(5, 1, 4, bytes_from({5, 0x12, 0, 1}))) == Samples{20, 30, 20, 30, 20});
  CHECK(samples(run_bmp(5, 1, 4, bytes_from({0, 5, 0x01, 0x23, 0x10, 99, 0, 1}))) == Samples{10, 20, 30, 40, 20});
}

TEST_CASE("RLE24 of OS/2 has colours in place of indices") {
  CHECK(samples(run_bmp(3, 2, 24, bytes_from({3, 1, 2, 3, 0, 0, 0, 3, 9, 8, 7, 6, 5, 4, 3, 2, 1, 99, 0, 1}))) ==
        Samples{7, 8, 9, 4, 5, 6, 1, 2, 3, 3, 2, 1, 3, 2, 1, 3, 2, 1});
}

TEST_CASE("runs over the end of a row are cut, as rows are written that are padded to four") {
  CHECK(samples(run_bmp(3, 2, 8, bytes_from({3, 1, 1, 0, 0, 0, 3, 2, 1, 0, 0, 0, 0, 1}))) ==
        Samples{30, 30, 30, 20, 20, 20});
  CHECK(samples(run_bmp(2, 1, 8, bytes_from({0, 4, 1, 2, 3, 0, 0, 1}))) == Samples{20, 30});
}

TEST_CASE("the end of the bitmap may be missing if all rows are there, which is told") {
  for (const Bytes& runs : {bytes_from({2, 1}), bytes_from({2, 1, 0, 0}), bytes_from({2, 1, 0, 0, 2, 1, 0, 1})}) {
    const vqi::ReadImage read = vqi::read_image(run_bmp(2, 1, 8, runs));
    CHECK(vqi::testing::samples_of(read.image) == Samples{20, 20});
    REQUIRE(read.warnings.size() == 1);
    CHECK_THAT(read.warnings[0], Catch::Contains("no end of bitmap"));
    CHECK(vqi::testing::error_of([&] {
            return vqi::read_image(run_bmp(2, 1, 8, runs), {.damage = Damage::refuse_any});
          }) == ErrorCode::corrupt_image);
  }
  for (const Bytes& runs : {bytes_from({2, 1, 0, 1}), bytes_from({2, 1, 0, 0, 0, 1})})
    CHECK(vqi::read_image(run_bmp(2, 1, 8, runs)).warnings.empty());
}

TEST_CASE("pixels that are skipped are transparent, with the first colour of the palette") {
  // A delta over one pixel; the second row ends early; the third is not there.
  const vqi::Image image =
      vqi::read_image(run_bmp(3, 3, 8, bytes_from({1, 1, 0, 2, 1, 0, 1, 2, 0, 0, 1, 3, 0, 1}))).image;
  CHECK(image.channels() == 2);
  CHECK(vqi::testing::samples_of(image) ==
        Samples{10, 0, 10, 0, 10, 0, 40, 255, 10, 0, 10, 0, 20, 255, 10, 0, 30, 255});
  CHECK(samples(run_bmp(2, 1, 24, bytes_from({1, 1, 2, 3, 0, 1}))) == Samples{3, 2, 1, 255, 0, 0, 0, 0});
}

TEST_CASE("data that break off, and deltas out of the picture, are damage") {
  const Bytes whole = bytes_from({2, 1, 0, 3, 0, 1, 2, 99, 0, 0, 5, 3, 0, 1});
  for (std::size_t length = 0; length < 12; ++length) {
    INFO(length);
    CHECK(
        error_of_reading(run_bmp(5, 2, 8, Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length)))) ==
        ErrorCode::corrupt_image);
  }
  CHECK(error_of_reading(run_bmp(5, 2, 8, bytes_from({0, 2, 6, 0, 0, 1}))) == ErrorCode::corrupt_image);
  CHECK(error_of_reading(run_bmp(5, 2, 8, bytes_from({0, 2, 0, 3, 0, 1}))) == ErrorCode::corrupt_image);
  CHECK(error_of_reading(run_bmp(1, 1, 8, bytes_from({1, 4, 0, 1}))) == ErrorCode::corrupt_image);  // index 4 of 4
}

TEST_CASE("rows before the damage are kept where pixels are salvaged") {
  const vqi::ReadImage read = vqi::read_image(run_bmp(2, 2, 8, bytes_from({2, 1, 0, 0, 1})), {{}, Damage::salvage, 1});
  CHECK(vqi::testing::samples_of(read.image) == Samples{10, 0, 10, 0, 20, 255, 20, 255});
  CHECK(read.lost_pixels);
}
