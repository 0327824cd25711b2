// Which ICC profiles are kept with which images, and what is said of others.
#include "icc_profile.hpp"

#include <catch2/catch.hpp>

#include "byte_tools.hpp"

using vqi::testing::Bytes;
using vqi::testing::icc_profile;

TEST_CASE("a profile is kept if it is whole and for the image's colours") {
  std::vector<std::string> warnings;
  for (const bool is_colour : {false, true}) {
    const Bytes profile = icc_profile(is_colour ? "RGB " : "GRAY");
    CHECK(vqi::detail::icc_profile_fits(profile, is_colour));
    CHECK_FALSE(vqi::detail::icc_profile_fits(profile, !is_colour));
    const auto kept = vqi::detail::keep_icc_profile(profile, is_colour, "JPEG", warnings);
    REQUIRE(kept);
    CHECK((kept->bytes == profile));
  }
  CHECK(warnings.empty());
}

TEST_CASE("a profile that cannot be kept is named with the reason") {
  const auto warning = [](const Bytes& profile, bool is_colour) {
    std::vector<std::string> warnings;
    CHECK_FALSE(vqi::detail::keep_icc_profile(profile, is_colour, "JPEG", warnings));
    REQUIRE(warnings.size() == 1);
    return warnings[0];
  };
  CHECK(warning(icc_profile("CMYK"), true) == "the JPEG's ICC profile is left out: it is for another kind of image");
  CHECK_THAT(warning(icc_profile("GRAY"), true), Catch::Contains("another kind"));
  CHECK_THAT(warning(Bytes(131), true), Catch::Contains("too short"));
  Bytes longer = icc_profile("RGB ");
  longer.push_back(std::byte{0});
  CHECK_THAT(warning(longer, true), Catch::Contains("not an ICC profile"));
}
