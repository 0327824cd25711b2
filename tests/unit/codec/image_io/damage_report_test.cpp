// The rule for damage: a warning, an error or a salvaged image, by what happened to pixels and by what was asked for.
#include "damage_report.hpp"

#include <catch2/catch.hpp>

#include "byte_tools.hpp"

using vqi::Damage;
using vqi::ErrorCode;
using vqi::detail::DamageReport;

namespace {

vqi::ReadImage bmp() {
  vqi::ReadImage read;
  read.format = "BMP";
  return read;
}

}  // namespace

TEST_CASE("damage beside the pixels is an error only where all damage is") {
  for (const Damage rule : {Damage::refuse_lost_pixels, Damage::salvage}) {
    vqi::ReadImage read = bmp();
    DamageReport(read, rule).beside_pixels("a field is wrong", 7);
    CHECK(read.warnings ==
          std::vector<std::string>{"the BMP is damaged near byte 7 (a field is wrong), which changed no pixel"});
    CHECK_FALSE(read.lost_pixels);
  }
  vqi::ReadImage read = bmp();
  CHECK(vqi::testing::message_of([&] { DamageReport(read, Damage::refuse_any).beside_pixels("x", 7); }) ==
        "BMP is damaged near byte 7 (x)");
}

TEST_CASE("damage in the pixels is an error unless they are to be salvaged, and is told of once") {
  for (const Damage rule : {Damage::refuse_lost_pixels, Damage::refuse_any}) {
    vqi::ReadImage read = bmp();
    DamageReport damage(read, rule);
    CHECK(vqi::testing::error_of([&] { damage.in_pixels("x", 9); }) == vqi::ErrorCode::corrupt_image);
    CHECK(vqi::testing::error_of([&] { damage.rows_missing("x", 9, 5, 6); }) == vqi::ErrorCode::corrupt_image);
  }
  vqi::ReadImage read = bmp();
  DamageReport damage(read, Damage::salvage);
  damage.in_pixels("x", 9);
  damage.in_pixels("y", 10);
  CHECK(read.lost_pixels);
  CHECK(read.warnings ==
        std::vector<std::string>{"the BMP is damaged near byte 9 (x); some pixels may be wrong or lost"});
}

TEST_CASE("rows are kept if there are any") {
  vqi::ReadImage read = bmp();
  DamageReport damage(read, Damage::salvage);
  CHECK(vqi::testing::error_of([&] { damage.rows_missing("it ends early", 9, 0, 6); }) ==
        vqi::ErrorCode::corrupt_image);
  CHECK_FALSE(read.lost_pixels);
  damage.rows_missing("it ends early", 9, 5, 6);
  CHECK(read.lost_pixels);
  CHECK(read.warnings ==
        std::vector<std::string>{"the BMP is damaged near byte 9 (it ends early); 1 of 6 rows may be wrong or lost"});
}

TEST_CASE("a warning counts the pictures") {
  CHECK(vqi::detail::first_picture_warning(2, "GIF") == "the GIF has 2 pictures; only the first is read");
  CHECK(vqi::detail::first_picture_warning({}, "PNM") == "the PNM has several pictures; only the first is read");
}

TEST_CASE("harmless damage is a warning unless all damage is refused") {
  for (const Damage rule : {Damage::refuse_lost_pixels, Damage::salvage}) {
    vqi::ReadImage result;
    result.format = "PNG";
    vqi::detail::note_harmless_damage({"a text", 7}, rule, result);
    CHECK(result.warnings ==
          std::vector<std::string>{"the PNG is damaged near byte 7 (a text), which changed no pixel"});
    CHECK_FALSE(result.lost_pixels);
  }
  vqi::ReadImage result;
  CHECK(vqi::testing::error_of([&] {
          vqi::detail::note_harmless_damage({"a text", 7}, Damage::refuse_any, result);
        }) == ErrorCode::corrupt_image);
}

TEST_CASE("damage of pixels is an error unless it is to be salvaged") {
  for (const Damage rule : {Damage::refuse_lost_pixels, Damage::refuse_any}) {
    vqi::ReadImage result;
    CHECK(vqi::testing::error_of([&] {
            vqi::detail::note_pixel_damage({"a code", 7}, "rows", rule, result);
          }) == ErrorCode::corrupt_image);
    CHECK_FALSE(result.lost_pixels);
  }
  vqi::ReadImage result;
  result.format = "JPEG";
  vqi::detail::note_pixel_damage({"a code", 7}, "row 3", Damage::salvage, result);
  CHECK(result.lost_pixels);
  CHECK(result.warnings[0] == "the JPEG is damaged near byte 7 (a code); row 3 may be wrong or lost");
}

TEST_CASE("bytes after the end are counted") {
  vqi::ReadImage result;
  vqi::detail::note_trailing_bytes(0, 9, Damage::refuse_any, result);
  CHECK(result.warnings.empty());
  vqi::detail::note_trailing_bytes(1, 9, Damage::salvage, result);
  vqi::detail::note_trailing_bytes(2, 9, Damage::salvage, result);
  CHECK_THAT(result.warnings[0], Catch::Contains("1 byte follows its end"));
  CHECK_THAT(result.warnings[1], Catch::Contains("2 bytes follow its end"));
}
