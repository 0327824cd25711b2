// read_tiff_pixels: what becomes of damaged strips and tiles, by what is asked for.
#include "tiff_pixels.hpp"

#include <zlib.h>

#include <catch2/catch.hpp>
#include <limits>

#include "byte_tools.hpp"
#include "image_tools.hpp"
#include "streams/read_rows.hpp"
#include "tiff_builder.hpp"
#include "vqi/image_io.hpp"

namespace {

using vqi::Damage;
using vqi::ErrorCode;
using vqi::testing::Bytes;
using vqi::testing::TiffBuilder;
using Samples = std::vector<std::uint32_t>;

Bytes deflated(const Bytes& bytes) {
  uLongf size = compressBound(static_cast<uLong>(bytes.size()));
  Bytes result(size);
  compress2(reinterpret_cast<Bytef*>(result.data()), &size, reinterpret_cast<const Bytef*>(bytes.data()),
            static_cast<uLong>(bytes.size()), 0);
  result.resize(size);
  return result;
}

/// 4x4 grey pixels from 1 to 16.
Samples counted() {
  Samples samples;
  for (std::uint32_t i = 1; i <= 16; ++i) samples.push_back(i);
  return samples;
}

/// These, in two strips; the second has `second` bytes of its own.
Bytes two_strips(std::uint32_t second, std::uint32_t samples = 1) {
  return TiffBuilder(4, 4, samples, 8, counted())
      .set_long(278, 2)
      .set_longs(273, {8, 16})
      .set_longs(279, {8, second})
      .build();
}

/// The same in two Deflate strips, of which the second is changed by `damage`.
template <typename Change>
Bytes two_deflated_strips(const Change& damage) {
  Bytes first;
  Bytes second;
  for (std::uint32_t i = 1; i <= 8; ++i) first.push_back(static_cast<std::byte>(i));
  for (std::uint32_t i = 9; i <= 16; ++i) second.push_back(static_cast<std::byte>(i));
  first = deflated(first);
  second = deflated(second);
  damage(second);
  const auto first_size = static_cast<std::uint32_t>(first.size());
  const auto second_size = static_cast<std::uint32_t>(second.size());
  vqi::testing::append(first, second);
  return TiffBuilder(4, 4, 1, 8, {})
      .set_data(first)
      .set_short(259, {8})
      .set_long(278, 2)
      .set_longs(273, {8, 8 + first_size})
      .set_longs(279, {first_size, second_size})
      .build();
}

vqi::ReadImage salvaged(const Bytes& file) { return vqi::read_image(file, {.damage = Damage::salvage}); }

}  // namespace

TEST_CASE("strips are read as far as the directory says, and a short one is an error that names it") {
  CHECK(vqi::testing::samples_of(vqi::read_image(two_strips(8)).image) == counted());
  for (const std::uint32_t size : {0U, 3U, 7U}) {
    const Bytes file = two_strips(size);
    vqi::test::check_rows_are_those_of_the_whole(file);
    CHECK(vqi::testing::error_of([&] { return vqi::read_image(file); }) == ErrorCode::corrupt_image);
    CHECK_THAT(vqi::testing::message_of([&] { return vqi::read_image(file); }),
               Catch::Contains("strip 2 is shorter") && Catch::Contains("near byte 16"));
  }
}

TEST_CASE("salvage keeps the rows before the damage and tells which are lost") {
  const vqi::ReadImage read = salvaged(two_strips(5));
  CHECK(read.lost_pixels);
  REQUIRE(read.warnings.size() == 1);
  CHECK_THAT(read.warnings[0], Catch::Contains("rows 4 to 4") && Catch::Contains("strip 2"));
  CHECK(vqi::testing::samples_of(read.image) == Samples{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 128, 128, 128, 128});
}

TEST_CASE("salvage of a compressed strip keeps the rows that can be decoded") {
  const auto sound = [](Bytes& /*strip*/) {};
  CHECK(vqi::testing::samples_of(vqi::read_image(two_deflated_strips(sound)).image) == counted());
  CHECK(vqi::test::check_rows_are_those_of_the_whole(two_deflated_strips(sound)));
  CHECK_FALSE(salvaged(two_deflated_strips(sound)).lost_pixels);
  const auto cut = [](Bytes& strip) { strip.resize(strip.size() - 6); };  // the checksum and two pixels
  const Bytes file = two_deflated_strips(cut);
  CHECK(vqi::testing::error_of([&] { return vqi::read_image(file); }) == ErrorCode::corrupt_image);
  const vqi::ReadImage read = salvaged(file);
  CHECK(read.lost_pixels);
  const Samples samples = vqi::testing::samples_of(read.image);
  CHECK(Samples(samples.begin(), samples.begin() + 12) == Samples{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
  CHECK(Samples(samples.begin() + 12, samples.end()) == Samples(4, 128));
}

TEST_CASE("a changed byte of a Deflate strip is noticed by its checksum") {
  const Bytes file = two_deflated_strips([](Bytes& strip) { strip[strip.size() - 6] ^= std::byte{1}; });
  CHECK(vqi::testing::error_of([&] { return vqi::read_image(file); }) == ErrorCode::corrupt_image);
}

TEST_CASE("salvage of a file that ends early keeps what comes before") {
  // The directory lies in front of the pixels, so that it is whole.
  Bytes file = vqi::testing::bytes_of({"II\x2A\0", 4});
  vqi::testing::append_le(file, 8, 4);
  constexpr std::uint32_t entries = 9;
  constexpr std::uint32_t data_at = 8 + 2 + 12 * entries + 4;
  vqi::testing::append_le(file, entries, 2);
  for (const auto& [tag, value] : std::vector<std::pair<std::uint32_t, std::uint32_t>>{
           {256, 4}, {257, 4}, {258, 8}, {259, 1}, {262, 1}, {273, data_at}, {277, 1}, {278, 4}, {279, 16}}) {
    vqi::testing::append_le(file, tag, 2);
    vqi::testing::append_le(file, 4, 2);
    vqi::testing::append_le(file, 1, 4);
    vqi::testing::append_le(file, value, 4);
  }
  vqi::testing::append_le(file, 0, 4);
  for (const std::uint32_t sample : counted()) vqi::testing::append_le(file, sample, 1);
  CHECK(vqi::testing::samples_of(vqi::read_image(file).image) == counted());
  file.resize(file.size() - 5);
  CHECK(vqi::testing::error_of([&] { return vqi::read_image(file); }) == ErrorCode::corrupt_image);
  const vqi::ReadImage read = salvaged(file);
  CHECK(read.lost_pixels);
  CHECK(vqi::testing::samples_of(read.image) ==
        Samples{1, 2, 3, 4, 5, 6, 7, 8, 128, 128, 128, 128, 128, 128, 128, 128});
}

TEST_CASE("bands are rows of tiles, compressed strips, and parts of others that are large") {
  vqi::detail::TiffLayout layout;
  layout.width_px = layout.segment_width_px = 1000;
  layout.height_px = layout.segment_height_px = 1000;
  CHECK(vqi::detail::band_rows_max(layout) == 262);  // 2^18 bytes
  layout.is_compressed = true;
  CHECK(vqi::detail::band_rows_max(layout) == 1000);
  layout.is_compressed = false;
  layout.is_tiled = true;
  layout.segment_height_px = 64;
  CHECK(vqi::detail::band_rows_max(layout) == 64);
}

TEST_CASE("lost pixels of an image with alpha are opaque") {
  const Bytes file = TiffBuilder(1, 2, 4, 8, {1, 2, 3, 4}).set_short(338, {2}).build();
  CHECK(vqi::testing::samples_of(salvaged(file).image) == Samples{1, 2, 3, 4, 128, 128, 128, 255});
}

TEST_CASE("damage that takes no pixel is a warning, and an error where any damage is one") {
  // PackBits that goes on after the last pixel.
  Bytes data;
  for (const std::uint32_t byte : {253U, 7U, 253U, 9U}) data.push_back(static_cast<std::byte>(byte));
  const Bytes file = TiffBuilder(3, 1, 1, 8, {}).set_data(data).set_short(259, {32773}).build();
  const vqi::ReadImage read = vqi::read_image(file);
  CHECK(vqi::test::check_rows_are_those_of_the_whole(file));
  CHECK(vqi::testing::samples_of(read.image) == Samples{7, 7, 7});
  CHECK(read.warnings.size() == 1);
  CHECK_FALSE(read.lost_pixels);
  CHECK(vqi::testing::error_of([&] { return vqi::read_image(file, {.damage = Damage::refuse_any}); }) ==
        ErrorCode::corrupt_image);
}

TEST_CASE("the memory of strips that take 2^64 bytes is the most that there is, not none") {
  vqi::detail::TiffLayout layout;
  layout.width_px = layout.segment_width_px = 1U << 31;
  layout.height_px = layout.segment_height_px = 1U << 30;
  layout.samples = 4;
  layout.bits = 16;
  layout.is_compressed = true;
  CHECK(vqi::detail::tiff_scratch_bytes(layout) == std::numeric_limits<std::uint64_t>::max());
  layout.segment_height_px = 1;
  CHECK(vqi::detail::tiff_scratch_bytes(layout) == (std::uint64_t{1} << 34) + (std::uint64_t{1} << 33));
}
