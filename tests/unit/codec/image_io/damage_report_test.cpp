// DamageReport: error or warning by the caller's rule, and which pictures a file has.
#include "damage_report.hpp"

#include <catch2/catch.hpp>

#include "byte_tools.hpp"

using vqi::Damage;
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
}
