// The rule for damage: a warning, an error or a salvaged image, by what happened to pixels and by what was asked for.
#include "file_damage.hpp"

#include <catch2/catch.hpp>

#include "byte_tools.hpp"

using vqi::Damage;
using vqi::ErrorCode;

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
