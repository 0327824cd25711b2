// What inputs of images are refused for early, what memory they are taken to need, and what may be compared.
#include "image_input.hpp"

#include <catch2/catch.hpp>

#include "byte_tools.hpp"
#include "test_images.hpp"
#include "thrown_error.hpp"
#include "vqi/codec.hpp"
#include "vqi/error.hpp"

using namespace vqi::tool;
using vqi::ErrorCode;
using vqi::test::thrown_by;
using vqi::testing::bytes_of;

namespace {

vqi::Image image() { return vqi::test::make_image(40, 30, 3, 8, vqi::test::Content::noise); }

std::vector<std::byte> png() { return vqi::write_image_bytes(image(), ".png"); }
std::vector<std::byte> stream() { return vqi::encode(image()).bytes; }

}  // namespace

TEST_CASE("the beginning of an image or stream passes, and what can be neither is refused by it") {
  const std::vector<std::byte> image_file = png();
  CHECK_NOTHROW(check_image_start(image_file));
  CHECK_NOTHROW(check_image_start(std::span(image_file).first(20)));
  CHECK(thrown_by([] { check_image_start(bytes_of(std::string(100, 'x'))); }).code == ErrorCode::not_an_image);
  const std::vector<std::byte> whole = stream();
  CHECK_NOTHROW(check_stream_start(whole));
  CHECK_NOTHROW(check_stream_start(std::span(whole).first(70)));
  CHECK_NOTHROW(check_image_start(std::span(whole).first(70)));
  CHECK(thrown_by([&] { check_image_start(bytes_of("\x89VQI" + std::string(100, 'x'))); }).code ==
        ErrorCode::bad_magic);
  CHECK(thrown_by([] { check_stream_start(bytes_of(std::string(100, 'x'))); }).code == ErrorCode::bad_magic);
}

TEST_CASE("what is neither an image nor a .vqi file is named where it is known") {
  const std::vector<std::byte> zip = bytes_of("PK\3\4" + std::string(100, 'x'));
  const auto as_image = thrown_by([&] { check_image_start(zip); });
  CHECK(as_image.code == ErrorCode::not_an_image);
  CHECK(as_image.message == "is a ZIP archive, not an image, unpack it first");
  const auto as_stream = thrown_by([&] { check_stream_start(zip); });
  CHECK(as_stream.code == ErrorCode::bad_magic);
  CHECK(as_stream.message == "is a ZIP archive, not a .vqi file, unpack it first");
}

TEST_CASE("the error of a damaged file says what to do, and names a rescue where the header is whole") {
  const vqi::Error png_error(ErrorCode::corrupt_image, "PNG is damaged", 40);
  const vqi::Error stream_error(ErrorCode::truncated, "is cut, get a fresh copy", 40);
  const auto told = [](const vqi::Error& error, std::span<const std::byte> file, const std::string& rescue) {
    return std::string(advised_error(error, file, {}, rescue).what());
  };
  const std::vector<std::byte> whole = png();
  CHECK(told(png_error, png(), "") == "PNG is damaged, get a fresh copy of it");
  CHECK(told(png_error, png(), "try --salvage") == "PNG is damaged, get a fresh copy of it, or try --salvage");
  CHECK(told(png_error, std::span(whole).first(20), "try --salvage") == "PNG is damaged, get a fresh copy of it");
  CHECK(told(stream_error, stream(), "try --salvage") == "is cut, get a fresh copy, or try --salvage");
  CHECK(advised_error(png_error, {}, {}, "").offset() == 40);
}

TEST_CASE("memory is a multiple of the samples, told before they are read, and 0 where nothing is known") {
  constexpr std::uint64_t raw_bytes = 40 * 30 * 3;
  const std::uint64_t of_image = memory_of_image(png());
  CHECK(of_image >= 2 * raw_bytes);
  CHECK(of_image <= 20 * raw_bytes);
  const std::uint64_t of_decoding = vqi::inspect(stream()).decode_memory_bytes;
  CHECK(memory_of_image(stream()) >= of_decoding);
  CHECK(memory_of_image(stream()) <= of_decoding + 20 * raw_bytes);
  CHECK(memory_of_image(bytes_of("nothing")) == 0);
}

TEST_CASE("memory of a stream is that of decoding and of the file, or of writing, and known from the first bytes") {
  const std::vector<std::byte> whole = stream();
  const vqi::StreamInfo info = vqi::inspect(whole);
  const std::uint64_t bytes = memory_of_stream(whole, whole.size(), {}, 4);
  CHECK(bytes == info.decode_memory_bytes + 2 * whole.size());  // it has one strip
  CHECK(memory_of_stream(std::span(whole).first(100), whole.size(), {}, 1) == bytes);
  CHECK(memory_of_stream(whole, 0, {}, 1) == bytes);
  vqi::EncodeOptions packed;
  packed.coding = vqi::Coding::packed;
  packed.k = 2;
  const std::vector<std::byte> large = vqi::encode(vqi::Image(1024, 200, 3, 8), packed).bytes;
  CHECK(memory_of_stream(large, large.size(), {}, 1) == 4 * 1024 * 200 * 3 + 2 * large.size());
  CHECK(memory_of_stream(bytes_of("nothing"), 7, {}, 1) == 0);
}

TEST_CASE("a warning has a line with the file's name, and none under --quiet") {
  vqi::ReadImage read;
  read.warnings = {"first\nline", "second"};
  CommonOptions options;
  CHECK(warning_lines("a\tname", read.warnings, options) ==
        "vqi: a\\tname: warning: first\\nline\nvqi: a\\tname: warning: second\n");
  options.quiet = true;
  CHECK(warning_lines("name", read.warnings, options).empty());
}

TEST_CASE("images of one size can be compared, whatever their type and format") {
  vqi::ReadImage read;
  read.image = image();
  read.format = "PNG";
  const ImageKind kind = kind_of(read);
  CHECK(kind.format == "PNG");
  CHECK(kind.width_px == 40);
  CHECK(kind.bit_depth == 8);
  ImageKind other = kind;
  other.format = "TIFF";
  other.channels = 1;
  other.bit_depth = 16;
  CHECK_NOTHROW(check_comparable(kind, other));
  for (std::uint32_t ImageKind::*const field : {&ImageKind::width_px, &ImageKind::height_px}) {
    ImageKind changed = kind;
    ++(changed.*field);
    CHECK(thrown_by([&] { check_comparable(kind, changed); }).code == ErrorCode::invalid_image);
  }
}
