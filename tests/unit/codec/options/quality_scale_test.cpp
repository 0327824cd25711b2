// parse_quality, psnr_of_quality and back: ranges as pngquant writes them, and a scale that rises.
#include "vqi/option_values.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "thrown_error.hpp"

using vqi::parse_quality;
using vqi::psnr_of_quality;
using vqi::quality_of_psnr;
using vqi::test::thrown_by;

TEST_CASE("a quality is a range, or its upper end") {
  CHECK(parse_quality("65-80").least == 65);
  CHECK(parse_quality("65-80").most == 80);
  CHECK(parse_quality("80").least == 0);
  CHECK(parse_quality("0-100").most == 100);
  CHECK(parse_quality("7-7").least == 7);
}

TEST_CASE("what is no range of qualities is refused") {
  for (const char* text : {"", "-", "80-", "-80", "80-65", "101", "0-101", "1-2-3", "a", "6 5-80"}) {
    INFO(text);
    CHECK(thrown_by([&] { static_cast<void>(parse_quality(text)); }).code == vqi::ErrorCode::invalid_option);
  }
}

TEST_CASE("a higher quality is a higher PSNR") {
  for (unsigned quality = 1; quality <= 100; ++quality) CHECK(psnr_of_quality(quality) > psnr_of_quality(quality - 1));
  CHECK(psnr_of_quality(40) == Approx(33.2));
  CHECK(psnr_of_quality(75) == Approx(37.65));
}

TEST_CASE("a PSNR has the largest quality that it reaches") {
  for (unsigned quality = 0; quality <= 100; ++quality) {
    const double psnr_db = psnr_of_quality(quality);
    CHECK(quality_of_psnr(psnr_db) == quality);
    if (quality > 0) CHECK(quality_of_psnr(std::nextafter(psnr_db, 0)) == quality - 1);
  }
  CHECK(quality_of_psnr(3) == 0);
  CHECK(quality_of_psnr(99) == 100);
}
