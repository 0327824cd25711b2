// PBM, PGM, PPM and PAM files: samples, ranges, several pictures, damage.
#include "netpbm_reader.hpp"

#include <catch2/catch.hpp>

#include "byte_tools.hpp"
#include "image_tools.hpp"

namespace {

using namespace std::string_view_literals;
using vqi::Damage;
using vqi::ErrorCode;
using Samples = std::vector<std::uint32_t>;

vqi::ReadImage read(std::string_view text, std::uint32_t page = 1, Damage damage = Damage::refuse_lost_pixels) {
  return vqi::read_image(vqi::testing::bytes_of(text), {{}, damage, page});
}
Samples samples(std::string_view text, std::uint32_t page = 1) {
  return vqi::testing::samples_of(read(text, page).image);
}
auto error_of_reading(std::string_view text) {
  return vqi::testing::error_of([&] { return read(text); });
}
std::string pam(std::string_view depth, std::string_view max_value, std::string_view type, std::string_view raster) {
  std::string text = "P7\n# made here\nWIDTH 1\nHEIGHT 1\nDEPTH " + std::string(depth) + "\nMAXVAL ";
  text += max_value;
  if (!type.empty()) text += "\nTUPLTYPE " + std::string(type);
  return text + "\nENDHDR\n" + std::string(raster);
}

}  // namespace

TEST_CASE("PNM of all six kinds comes out as Netpbm defines it") {
  CHECK(samples("P1\n# a comment\n3 2\n1 0 1\n0 1 0\n") == Samples{0, 255, 0, 255, 0, 255});
  CHECK(samples("P1 3 1 101") == Samples{0, 255, 0});
  CHECK(samples("P2 2 2 255 0 9 10 255\n") == Samples{0, 9, 10, 255});
  CHECK(samples("P3 1 1 255 1 2 3\n") == Samples{1, 2, 3});
  CHECK(samples("P4\n3 1\n\x50") == Samples{255, 0, 255});
  CHECK(samples("P4 9 2\n\xFF\x80\x00\x00"sv) ==
        Samples{0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255, 255});
  CHECK(samples("P5\n2 1\n255\nAB") == Samples{65, 66});
  CHECK(samples("P6\n1 1\n255\nABC") == Samples{65, 66, 67});
  CHECK(samples("P5\n2 1\n65535\nABCD") == Samples{0x4142, 0x4344});
}

TEST_CASE("comments may stand between and behind all words, and in text between samples") {
  CHECK(samples("P5#a\n#b\n2#c\n1 # d\n255\nAB") == Samples{65, 66});
  CHECK(samples("P5 2 1 255#e\nAB") == Samples{65, 66});
  CHECK(samples("P5 2 1 255\n#B") == Samples{35, 66});  // behind the last space it is a sample
  CHECK(samples("P2 2 1 9 # f\n9 # g\n0# h\n") == Samples{255, 0});
}

TEST_CASE("header lines may end in CR LF") {
  CHECK(samples("P5\r\n2 1\r\n255\r\nAB") == Samples{65, 66});
  CHECK(samples("P5\r\n2 1\r\n255\r\nA") == Samples{10, 65});  // here LF is a sample
  CHECK(samples("P2\r\n2 1\r\n255\r\n7 8\r\n") == Samples{7, 8});
}

TEST_CASE("other maximum values are scaled to the whole range and rounded to nearest") {
  CHECK(samples("P5\n3 1\n15\n\x01\x07\x0F") == Samples{17, 119, 255});
  CHECK(samples("P2 3 1 15 1 7 15\n") == Samples{17, 119, 255});
  CHECK(samples("P2 4 1 31 0 1 3 31") == Samples{0, 8, 25, 255});
  CHECK(samples("P5\n2 1\n1023\n\x02\x00\x03\xFF"sv) == Samples{32800, 65535});
  CHECK(samples("P2 2 1 1000 1 1000") == Samples{66, 65535});
  CHECK(samples("P5 2 1 1\n\x00\x01"sv) == Samples{0, 255});
  const vqi::ReadImage deep = read("P2 1 1 1023 7");
  CHECK(deep.image.bit_depth() == 16);
  CHECK(deep.sample_bits == 10);
  CHECK(read("P1 1 1 0").sample_bits == 1);
}

TEST_CASE("PAM has grey and colours, with and without alpha, of any maximum value") {
  CHECK(samples(pam("1", "1", "BLACKANDWHITE", "\x01")) == Samples{255});
  CHECK(samples(pam("2", "1", "BLACKANDWHITE_ALPHA", "\x01\x00"sv)) == Samples{255, 0});
  CHECK(samples(pam("1", "255", "GRAYSCALE", "A")) == Samples{65});
  CHECK(samples(pam("2", "65535", "GRAYSCALE_ALPHA", "ABCD")) == Samples{0x4142, 0x4344});
  CHECK(samples(pam("3", "15", "RGB", "\x01\x07\x0F")) == Samples{17, 119, 255});
  CHECK(samples(pam("4", "255", "RGB_ALPHA", "ABCD")) == Samples{65, 66, 67, 68});
  CHECK(samples(pam("2", "255", "", "AB")) == Samples{65, 66});  // the type may be left out
  CHECK(read(pam("4", "255", "RGB_ALPHA", "ABCD")).format == "PAM");
}

TEST_CASE("PAM tuples of another kind are refused by name") {
  const auto message = [](std::string_view text) { return vqi::testing::message_of([&] { return read(text); }); };
  CHECK_THAT(message(pam("4", "255", "CMYK", "ABCD")), Catch::Contains("tuples of the type CMYK"));
  CHECK_THAT(message(pam("5", "255", "", "ABCDE")), Catch::Contains("5 channels"));
  CHECK_THAT(message(pam("3", "255", "GRAYSCALE", "ABC")), Catch::Contains("depth"));
  CHECK_THAT(message(pam("1", "255", "A\nTUPLTYPE B", "A")), Catch::Contains("type A B"));
}

TEST_CASE("of several pictures the first is read, or the one that is asked for") {
  const std::string_view raw = "P5 1 1 255\nAP6 1 1 255\nBCD\n";
  CHECK(samples(raw) == Samples{65});
  CHECK_THAT(read(raw).warnings.at(0), Catch::Contains("several pictures"));
  CHECK(samples(raw, 2) == Samples{66, 67, 68});
  CHECK(read(raw, 2).warnings.empty());
  CHECK(vqi::testing::message_of([&] { return read(raw, 3); }) == "page 3 was asked for; the PNM file has 2 pictures");
  CHECK(samples("P2 1 1 9 9 P1 1 1 1 P2 1 1 255 7", 3) == Samples{7});
}

TEST_CASE("what follows the picture and is none is told of") {
  CHECK(read("P5 1 1 255\nA\n \n").warnings.empty());
  CHECK(read("P2 1 1 255 9\n# end\n").warnings.empty());
  CHECK_THAT(read("P5 1 1 255\nAxyz").warnings.at(0), Catch::Contains("3 bytes follow its end"));
  CHECK(vqi::testing::error_of([] { return read("P5 1 1 255\nAxyz", 1, Damage::refuse_any); }) ==
        ErrorCode::corrupt_image);
}

TEST_CASE("files that end early or break the rules are errors") {
  const std::string_view whole = "P6\n2 2\n255\nABCDEFGHIJKL";
  CHECK_FALSE(error_of_reading(whole));
  for (std::size_t length = 3; length < whole.size(); ++length)
    CHECK(error_of_reading(whole.substr(0, length)) == ErrorCode::corrupt_image);
  for (const std::string_view text :
       {"P5\n0 1\n255\nA"sv, "P5\n-1 1\n255\nA"sv, "P5\n1 1\n65536\nAB"sv, "P5\n1 1\n0\nA"sv, "P5 1x 1 255\nA"sv,
        "P5\n99999999999999999999 1\n255\nA"sv, "P7\nWIDTH 1\nENDHDR\n"sv, "P7\nCOLOUR 1\nENDHDR\n"sv, "P2 2 1 255 1"sv,
        "P1 2 1 02"sv, "P2 1 1 255 x"sv})
    CHECK(error_of_reading(text) == ErrorCode::corrupt_image);
  CHECK(error_of_reading("P5\n2000000 1\n255\nA") == ErrorCode::limit_exceeded);
}

TEST_CASE("a sample over the maximum value is damage") {
  for (const std::string_view text : {"P5 2 1 7\n\x08\x01"sv, "P2 2 1 7 8 1"sv, "P5 2 1 300\n\x01\x2D\x00\x01"sv}) {
    CHECK_THAT(vqi::testing::message_of([&] { return read(text); }), Catch::Contains("over the maximum value"));
    const vqi::ReadImage salvaged = read(text, 1, Damage::salvage);
    CHECK(salvaged.lost_pixels);
    CHECK(vqi::testing::samples_of(salvaged.image).at(0) == salvaged.image.view().max_value());
  }
}

TEST_CASE("whole rows are kept where pixels are salvaged") {
  for (const std::string_view text : {"P5 1 3 255\nAB"sv, "P2 1 3 255 65 66 "sv, "P2 1 3 255 65 66 x"sv}) {
    const vqi::ReadImage salvaged = read(text, 1, Damage::salvage);
    CHECK(vqi::testing::samples_of(salvaged.image) == Samples{65, 66, 0});
    CHECK(salvaged.lost_pixels);
    CHECK_THAT(salvaged.warnings.at(0), Catch::Contains("1 of 3 rows may be wrong or lost"));
  }
}
