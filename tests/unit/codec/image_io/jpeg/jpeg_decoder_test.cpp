// Damaged JPEG files: what changes no pixel is a warning, what may change one is an error, the rest is salvaged.
#include "jpeg_decoder.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>

#include "byte_tools.hpp"
#include "image_tools.hpp"
#include "jpeg_fixture.hpp"
#include "vqi/image_io.hpp"

namespace {

using vqi::Damage;
using vqi::ErrorCode;
using vqi::testing::Bytes;
using vqi::testing::jpeg_gradient;
using vqi::testing::JpegKind;
using vqi::testing::samples_of;

const std::vector<JpegKind> kinds{{},
                                  {.stored = JCS_GRAYSCALE},
                                  {.is_progressive = true},
                                  {.stored = JCS_GRAYSCALE, .is_progressive = true},
                                  {.is_interleaved = false},
                                  {.restart_interval = 2}};

std::optional<ErrorCode> error_of(const Bytes& file, Damage damage = Damage::refuse_lost_pixels) {
  return vqi::testing::error_of([&] { return vqi::read_image(file, {.damage = damage}); });
}

Bytes first(const Bytes& file, std::size_t count) {
  return {file.begin(), file.begin() + static_cast<std::ptrdiff_t>(count)};
}

}  // namespace

TEST_CASE("a JPEG that lacks only its end marker has all pixels, and a warning") {
  for (const JpegKind& kind : kinds) {
    const Bytes whole = jpeg_gradient(40, 24, kind);
    for (const std::size_t missing : {1U, 2U}) {
      const Bytes cut = first(whole, whole.size() - missing);
      const vqi::ReadImage read = vqi::read_image(cut);
      CHECK((samples_of(read.image) == samples_of(vqi::read_image(whole).image)));
      CHECK_FALSE(read.lost_pixels);
      REQUIRE(read.warnings.size() == 1);
      CHECK_THAT(read.warnings[0], Catch::Contains("end marker is missing"));
      CHECK(error_of(cut, Damage::refuse_any) == ErrorCode::corrupt_image);
    }
  }
}

TEST_CASE("a JPEG cut off in its pixels is an error at every byte, or the whole picture") {
  for (const JpegKind& kind : kinds) {
    const Bytes whole = jpeg_gradient(40, 24, kind);
    const std::vector<std::uint32_t> samples = samples_of(vqi::read_image(whole).image);
    std::size_t complete = 0;
    for (std::size_t length = 3; length < whole.size(); ++length) {
      const Bytes cut = first(whole, length);
      std::vector<std::uint32_t> read;
      const auto code = vqi::testing::error_of([&] { read = samples_of(vqi::read_image(cut).image); });
      if (code) {
        CHECK(code == ErrorCode::corrupt_image);
      } else {
        CHECK((read == samples));
        ++complete;
      }
    }
    CHECK(complete <= 4);  // padding bits may fill the last byte
  }
  const Bytes arithmetic = jpeg_gradient(40, 24, {.is_arithmetic = true});
  for (std::size_t length = 3; length < arithmetic.size() - 1; ++length)
    CHECK(error_of(first(arithmetic, length)) == ErrorCode::corrupt_image);
}

TEST_CASE("what is in front of a cut is salvaged") {
  for (const JpegKind& kind : kinds) {
    const Bytes whole = jpeg_gradient(80, 64, kind);
    const vqi::Image image = vqi::read_image(whole).image;
    const vqi::ReadImage read = vqi::read_image(first(whole, whole.size() * 9 / 10), {.damage = Damage::salvage});
    CHECK(read.lost_pixels);
    REQUIRE(read.warnings.size() == 1);
    CHECK_THAT(read.warnings[0], Catch::Contains("may be wrong or lost"));
    CHECK(read.image.height_px() == 64);
    if (!kind.is_progressive && kind.is_interleaved) CHECK(std::equal(image.row(0), image.row(30), read.image.row(0)));
  }
}

TEST_CASE("garbage inside a scan is an error, and salvaged") {
  const Bytes whole = jpeg_gradient(80, 64);
  Bytes file = first(whole, whole.size() / 2 + 300);
  vqi::testing::append(file, std::string(52, '\x5A'));
  vqi::testing::append(file, std::span(whole).subspan(whole.size() / 2 + 300));
  CHECK(error_of(file) == ErrorCode::corrupt_image);
  CHECK(error_of(file, Damage::refuse_any) == ErrorCode::corrupt_image);
  CHECK(vqi::read_image(file, {.damage = Damage::salvage}).lost_pixels);
}

TEST_CASE("a progressive JPEG with a broken table between scans is salvaged by the scans in front") {
  Bytes file = jpeg_gradient(80, 64, {.is_progressive = true});
  const std::array table{std::byte{0xFF}, std::byte{0xC4}};
  const auto last = std::find_end(file.begin(), file.end(), table.begin(), table.end());
  REQUIRE(last != file.end());
  std::fill_n(last + 4, 17, std::byte{0xFF});
  CHECK(error_of(file) == ErrorCode::corrupt_image);
  const vqi::ReadImage read = vqi::read_image(file, {.damage = Damage::salvage});
  CHECK(read.lost_pixels);
  REQUIRE(read.warnings.size() == 1);
  CHECK(read.warnings[0].rfind("near byte") == read.warnings[0].find("near byte"));
  const std::vector<std::uint32_t> rough = samples_of(read.image);
  const std::vector<std::uint32_t> whole = samples_of(vqi::read_image(jpeg_gradient(80, 64)).image);
  std::uint64_t difference = 0;
  for (std::size_t i = 0; i < rough.size(); ++i)
    difference += rough[i] > whole[i] ? rough[i] - whole[i] : whole[i] - rough[i];
  CHECK(difference < 20 * rough.size());
}

TEST_CASE("bytes after the end and between header segments change no pixel") {
  const Bytes whole = jpeg_gradient(40, 24);
  Bytes longer = whole;
  vqi::testing::append(longer, "a second picture or so");
  Bytes spaced = first(whole, 20);  // after JFIF's segment
  vqi::testing::append(spaced, "stray bytes");
  vqi::testing::append(spaced, std::span(whole).subspan(20));
  for (const auto& [file, words] : {std::pair{longer, "22 bytes follow its end"}, {spaced, "extraneous bytes"}}) {
    const vqi::ReadImage read = vqi::read_image(file);
    CHECK((samples_of(read.image) == samples_of(vqi::read_image(whole).image)));
    REQUIRE(read.warnings.size() == 1);
    CHECK_THAT(read.warnings[0], Catch::Contains(words));
    CHECK(error_of(file, Damage::refuse_any) == ErrorCode::corrupt_image);
  }
}

TEST_CASE("a component without a scan is an error although the file has its end") {
  Bytes file = jpeg_gradient(40, 24, {.is_interleaved = false});
  const std::array scan{std::byte{0xFF}, std::byte{0xDA}};
  const auto last = std::find_end(file.begin(), file.end(), scan.begin(), scan.end());
  file.erase(last, file.end() - 2);
  CHECK_THAT(vqi::testing::message_of([&] { return vqi::read_image(file); }), Catch::Contains("no scan"));
  CHECK(vqi::read_image(file, {.damage = Damage::salvage}).lost_pixels);
}
