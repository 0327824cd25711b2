// read_jpeg: pixels of every coding against OpenCV, colours of every colour space, orientation, metadata, limits.
#include "jpeg_reader.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <opencv2/imgcodecs.hpp>

#include "byte_tools.hpp"
#include "image_tools.hpp"
#include "jpeg_fixture.hpp"

namespace {

using vqi::ErrorCode;
using vqi::testing::Bytes;
using vqi::testing::jpeg_gradient;
using vqi::testing::JpegKind;
using vqi::testing::samples_of;
using vqi::testing::with_jpeg_segment;

/// What OpenCV makes of a file, in RGB order.
std::vector<std::uint32_t> samples_by_opencv(const Bytes& file) {
  const cv::Mat matrix =
      cv::imdecode(cv::Mat(1, static_cast<int>(file.size()), CV_8UC1, const_cast<std::byte*>(file.data())),
                   cv::IMREAD_ANYCOLOR | cv::IMREAD_ANYDEPTH);
  std::vector<std::uint32_t> samples;
  const int channels = matrix.channels();
  for (int y = 0; y < matrix.rows; ++y)
    for (int i = 0; i < matrix.cols * channels; ++i)
      samples.push_back(matrix.ptr(y)[channels == 3 ? i - i % 3 + 2 - i % 3 : i]);
  return samples;
}

Bytes exif_segment(const Bytes& block) {
  Bytes data = vqi::testing::bytes_of({"Exif\0\0", 6});
  vqi::testing::append(data, block);
  return data;
}

/// All 16x16 pixels of one colour, which JPEG keeps nearly.
vqi::Image read_flat(const std::vector<std::uint8_t>& colour, J_COLOR_SPACE stored) {
  std::vector<std::uint8_t> samples;
  for (int i = 0; i < 256; ++i) samples.insert(samples.end(), colour.begin(), colour.end());
  return vqi::read_image(vqi::testing::write_jpeg_fixture(samples, 16, 16, {.stored = stored, .quality = 100})).image;
}

bool is_near(const vqi::Image& image, const std::vector<int>& colour) {
  const std::vector<std::uint32_t> samples = samples_of(image);
  for (std::size_t i = 0; i < samples.size(); ++i)
    if (std::abs(static_cast<int>(samples[i]) - colour[i % colour.size()]) > 3) return false;
  return true;
}

Bytes profile_part(std::string_view data, int number, int parts) {
  Bytes segment = vqi::testing::bytes_of({"ICC_PROFILE\0", 12});
  vqi::testing::append_be(segment, static_cast<std::uint64_t>(number), 1);
  vqi::testing::append_be(segment, static_cast<std::uint64_t>(parts), 1);
  vqi::testing::append(segment, data);
  return segment;
}

std::string_view text_of(const Bytes& bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

/// `jpeg` without the JFIF segment that libjpeg writes first.
Bytes without_jfif(const Bytes& jpeg) {
  Bytes result(jpeg.begin(), jpeg.begin() + 2);
  vqi::testing::append(result, std::span(jpeg).subspan(20));
  return result;
}

}  // namespace

TEST_CASE("every coding gives the pixels that OpenCV gives") {
  for (const J_COLOR_SPACE stored : {JCS_GRAYSCALE, JCS_YCbCr, JCS_RGB})
    for (const bool is_progressive : {false, true})
      for (const unsigned restart_interval : {0U, 2U})
        for (const int luma_sampling : {1, 2}) {
          const Bytes file = jpeg_gradient(37, 29,
                                           {.stored = stored,
                                            .is_progressive = is_progressive,
                                            .restart_interval = restart_interval,
                                            .luma_sampling = luma_sampling});
          const vqi::ReadImage read = vqi::read_image(file);
          CHECK(read.format == "JPEG");
          CHECK(read.warnings.empty());
          CHECK(read.dropped.empty());
          CHECK_FALSE(read.lost_pixels);
          CHECK(read.image.channels() == (stored == JCS_GRAYSCALE ? 1 : 3));
          CHECK((samples_of(read.image) == samples_by_opencv(file)));
        }
  const Bytes separate = jpeg_gradient(37, 29, {.is_interleaved = false});
  CHECK((samples_of(vqi::read_image(separate).image) == samples_of(vqi::read_image(jpeg_gradient(37, 29)).image)));
}

TEST_CASE("arithmetic coding gives the pixels of Huffman coding") {
  const Bytes arithmetic = jpeg_gradient(37, 29, {.is_arithmetic = true});
  CHECK((samples_of(vqi::read_image(arithmetic).image) == samples_of(vqi::read_image(jpeg_gradient(37, 29)).image)));
}

TEST_CASE("colours of every colour space come out as RGB") {
  CHECK(is_near(read_flat({200, 100, 50}, JCS_YCbCr), {200, 100, 50}));
  CHECK(is_near(read_flat({200, 100, 50}, JCS_RGB), {200, 100, 50}));
  CHECK(is_near(read_flat({77}, JCS_GRAYSCALE), {77}));
  // Inks are stored inverted: 255 is none.
  for (const J_COLOR_SPACE stored : {JCS_CMYK, JCS_YCCK}) {
    CHECK(is_near(read_flat({255, 255, 255, 255}, stored), {255, 255, 255}));
    CHECK(is_near(read_flat({255, 128, 0, 255}, stored), {255, 128, 0}));
    CHECK(is_near(read_flat({255, 128, 0, 128}, stored), {128, 64, 0}));
    CHECK(is_near(read_flat({255, 255, 255, 0}, stored), {0, 0, 0}));
  }
}

TEST_CASE("an EXIF orientation turns the picture, in both byte orders and behind other segments") {
  for (const J_COLOR_SPACE stored : {JCS_GRAYSCALE, JCS_YCbCr})
    for (const bool is_big_endian : {false, true})
      for (std::uint32_t orientation = 1; orientation <= 8; ++orientation) {
        Bytes file = with_jpeg_segment(jpeg_gradient(33, 21, {.stored = stored}), 0xE1,
                                       exif_segment(vqi::testing::exif_block(orientation, is_big_endian)));
        const std::vector<std::uint32_t> expected = samples_by_opencv(file);
        file = with_jpeg_segment(file, 0xE1, vqi::testing::bytes_of({"http://ns.adobe.com/xap/1.0/\0<x/>", 33}));
        const vqi::ReadImage read = vqi::read_image(file);
        CHECK(read.image.width_px() == (orientation >= 5 ? 21U : 33U));
        CHECK((samples_of(read.image) == expected));
        CHECK(read.dropped == std::vector<std::string>{"XMP", "EXIF"});
      }
}

TEST_CASE("an EXIF block that is damaged or tells nonsense means upright") {
  for (const std::uint32_t orientation : {0U, 9U, 65535U}) {
    const Bytes exif = exif_segment(vqi::testing::exif_block(orientation));
    CHECK(vqi::read_image(with_jpeg_segment(jpeg_gradient(40, 24), 0xE1, exif)).image.width_px() == 40);
  }
  const Bytes whole = exif_segment(vqi::testing::exif_block(6));
  for (std::size_t length = 0; length + 8 < whole.size(); ++length) {
    const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length));
    CHECK(vqi::read_image(with_jpeg_segment(jpeg_gradient(40, 24), 0xE1, cut)).image.width_px() == 40);
  }
}

TEST_CASE("a profile of several parts in any order is kept, one that does not fit or lacks a part is told of") {
  const Bytes profile = vqi::testing::icc_profile("RGB ", 300);
  const std::string_view text = text_of(profile);
  const Bytes jpeg = jpeg_gradient(16, 16);
  Bytes file = with_jpeg_segment(jpeg, 0xE2, profile_part(text.substr(0, 100), 1, 3));
  file = with_jpeg_segment(file, 0xE2, profile_part(text.substr(200), 3, 3));
  const Bytes lacking = file;
  file = with_jpeg_segment(file, 0xE2, profile_part(text.substr(100, 100), 2, 3));
  const vqi::ReadImage read = vqi::read_image(file);
  CHECK(read.warnings.empty());
  REQUIRE(read.image.metadata().icc_profile);
  CHECK((read.image.metadata().icc_profile->bytes == profile));

  const auto warning = [](const Bytes& bytes) {
    const vqi::ReadImage kept = vqi::read_image(bytes);
    CHECK_FALSE(kept.image.metadata().icc_profile);
    CHECK(kept.dropped == std::vector<std::string>{"ICC profile"});
    REQUIRE(kept.warnings.size() == 1);
    return kept.warnings[0];
  };
  CHECK_THAT(warning(lacking), Catch::Contains("parts of its ICC profile are missing"));
  CHECK_THAT(warning(with_jpeg_segment(jpeg, 0xE2, profile_part(text_of(vqi::testing::icc_profile("GRAY")), 1, 1))),
             Catch::Contains("for another kind of image"));
  const Bytes inks = jpeg_gradient(16, 16, {.stored = JCS_YCCK});
  CHECK_THAT(warning(with_jpeg_segment(inks, 0xE2, profile_part(text_of(vqi::testing::icc_profile("CMYK")), 1, 1))),
             Catch::Contains("left out: its colours are converted"));
  const Bytes grey = jpeg_gradient(16, 16, {.stored = JCS_GRAYSCALE});
  CHECK(vqi::read_image(with_jpeg_segment(grey, 0xE2, profile_part(text_of(vqi::testing::icc_profile("GRAY")), 1, 1)))
            .image.metadata()
            .icc_profile);
}

TEST_CASE("the density of JFIF is kept, else that of EXIF, and turns with the picture") {
  const auto jfif = [](int unit, int x, int y) {
    Bytes data = vqi::testing::bytes_of({"JFIF\0\x01\x02", 7});
    vqi::testing::append_be(data, static_cast<std::uint64_t>(unit), 1);
    vqi::testing::append_be(data, static_cast<std::uint64_t>(x), 2);
    vqi::testing::append_be(data, static_cast<std::uint64_t>(y), 2);
    vqi::testing::append_be(data, 0, 2);
    return with_jpeg_segment(without_jfif(jpeg_gradient(16, 8)), 0xE0, data);
  };
  const auto density = [](const Bytes& file) { return vqi::read_image(file).image.metadata().density; };
  CHECK(density(jfif(1, 72, 300)) == vqi::PixelDensity{2835, 11811, 1});
  CHECK(density(jfif(2, 118, 50)) == vqi::PixelDensity{11800, 5000, 1});
  CHECK(density(jfif(0, 4, 3)) == vqi::PixelDensity{4, 3, 0});
  CHECK_FALSE(density(jfif(0, 1, 1)));
  CHECK_FALSE(density(jfif(1, 0, 72)));
  const Bytes turned = exif_segment(vqi::testing::exif_block(6));
  CHECK(density(with_jpeg_segment(jfif(1, 72, 300), 0xE1, turned)) == vqi::PixelDensity{11811, 2835, 1});
}

TEST_CASE("what is left out of a JPEG is named once") {
  Bytes file = jpeg_gradient(16, 16);
  for (const auto& [marker, data] :
       std::vector<std::pair<std::uint8_t, Bytes>>{{0xFE, vqi::testing::bytes_of("a comment")},
                                                   {0xFE, vqi::testing::bytes_of("another")},
                                                   {0xED, vqi::testing::bytes_of({"Photoshop 3.0\0", 14})},
                                                   {0xE2, vqi::testing::bytes_of({"MPF\0", 4})}})
    file = with_jpeg_segment(file, marker, data);
  vqi::testing::append(file, jpeg_gradient(8, 8));  // where an MPF has its other pictures
  const vqi::ReadImage read = vqi::read_image(file);
  CHECK(read.dropped == std::vector<std::string>{"further pictures", "IPTC", "comment"});
  CHECK(read.warnings.empty());
}

TEST_CASE("kinds of JPEG that are not read are named") {
  const Bytes jpeg = jpeg_gradient(16, 16);
  const std::array marker{std::byte{0xFF}, std::byte{0xC0}};
  const auto found = std::search(jpeg.begin(), jpeg.end(), marker.begin(), marker.end());
  REQUIRE(found != jpeg.end());
  const auto frame = static_cast<std::size_t>(found - jpeg.begin());
  const auto changed = [&](std::size_t at, int value) {
    Bytes file = jpeg;
    file[frame + at] = static_cast<std::byte>(value);
    CHECK(vqi::testing::error_of([&] { return vqi::read_image(file); }) == ErrorCode::not_an_image);
    return vqi::testing::message_of([&] { return vqi::read_image(file); });
  };
  CHECK_THAT(changed(4, 12), Catch::Contains("12 bits per sample"));
  CHECK_THAT(changed(1, 0xC3), Catch::Contains("lossless coding"));
  CHECK_THAT(changed(1, 0xC5), Catch::Contains("hierarchical coding"));
  CHECK_THAT(changed(1, 0xCB), Catch::Contains("lossless coding"));
  CHECK_THAT(changed(1, 0xF7), Catch::Contains("JPEG-LS"));
  CHECK_THAT(changed(9, 2), Catch::Contains("2 components"));
  CHECK_THAT(changed(6, 0), Catch::Contains("a height that follows its pixels"));
  CHECK_THAT(vqi::testing::message_of([&] { return vqi::read_image(jpeg, {.page = 2}); }), Catch::Contains("page 2"));
}

TEST_CASE("a JPEG of very many scans is refused") {
  const auto with_scans = [](int scans) {
    Bytes jpeg = jpeg_gradient(40, 24, {.stored = JCS_GRAYSCALE, .is_progressive = true});
    jpeg.erase(jpeg.end() - 2, jpeg.end());  // the end marker
    for (int i = 0; i < scans; ++i)
      vqi::testing::append(jpeg, std::string_view("\xFF\xDA\0\x08\x01\x01\0\x00\x00\x00\x54", 11));
    vqi::testing::append(jpeg, "\xFF\xD9");
    return jpeg;
  };
  CHECK_FALSE(
      vqi::testing::error_of([&] { return vqi::read_image(with_scans(50), {.damage = vqi::Damage::salvage}); }));
  CHECK_THAT(
      vqi::testing::message_of([&] { return vqi::read_image(with_scans(150), {.damage = vqi::Damage::salvage}); }),
      Catch::Contains("more than 100 scans"));
}

TEST_CASE("limits apply to a JPEG's declared size and to what its scans take") {
  const Bytes jpeg = jpeg_gradient(16, 16);
  Bytes huge = jpeg;
  for (std::size_t i = 0; i + 9 < huge.size(); ++i)
    if (huge[i] == std::byte{0xFF} && huge[i + 1] == std::byte{0xC0})
      std::fill_n(huge.begin() + static_cast<std::ptrdiff_t>(i) + 5, 4, std::byte{0xFF});
  CHECK_THAT(vqi::testing::message_of([&] { return vqi::read_image(huge); }),
             Catch::Contains("65535x65535") && Catch::Contains("limit of 268435456 pixels"));
  vqi::RunOptions run;
  run.max_memory_bytes = 16 * 16 * 3;
  CHECK_FALSE(vqi::testing::error_of([&] { return vqi::read_image(jpeg, {}, run); }));
  const Bytes progressive = jpeg_gradient(16, 16, {.is_progressive = true});
  CHECK_THAT(vqi::testing::message_of([&] { return vqi::read_image(progressive, {}, run); }),
             Catch::Contains("would take 1536 bytes of memory"));
  run.max_memory_bytes = 16 * 16 * 3 - 1;
  CHECK_THAT(vqi::testing::message_of([&] { return vqi::read_image(jpeg, {}, run); }),
             Catch::Contains("bytes of memory"));
}

TEST_CASE("reading a JPEG stops where the callback says so, between rows and between scans") {
  for (const bool is_progressive : {false, true})
    for (const int calls_max : {0, 1}) {
      int calls = 0;
      vqi::RunOptions run;
      run.progress = [&](const vqi::Progress& told) {
        CHECK(told.fraction >= 0);
        CHECK(told.fraction <= 1);
        return calls++ < calls_max;
      };
      const Bytes file = jpeg_gradient(900, 900, {.is_progressive = is_progressive, .quality = 100});
      const auto code = vqi::testing::error_of([&] { return vqi::read_image(file, {}, run); });
      if (calls > calls_max) CHECK(code == ErrorCode::cancelled);
      if (calls_max == 0) CHECK(calls == 1);
    }
}
