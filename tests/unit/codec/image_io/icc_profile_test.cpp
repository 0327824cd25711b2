// Which ICC profiles are kept with which images, and what is said of others.
#include "icc_profile.hpp"

#include <catch2/catch.hpp>

#include "byte_tools.hpp"

using vqi::testing::Bytes;
using vqi::testing::icc_profile;

namespace {

/// What became of `profile` with an image of such channels.
vqi::ReadImage kept_with(const Bytes& profile, std::uint32_t channels) {
  vqi::ReadImage read;
  read.format = "JPEG";
  read.image = vqi::Image(1, 1, channels, 8);
  vqi::detail::keep_icc_profile(profile, read);
  return read;
}

}  // namespace

TEST_CASE("a profile is kept if it is whole and for the image's colours") {
  for (const std::uint32_t channels : {1U, 2U, 3U, 4U}) {
    const bool is_colour = channels > 2;
    const Bytes profile = icc_profile(is_colour ? "RGB " : "GRAY");
    CHECK(vqi::detail::icc_profile_fits(profile, is_colour));
    CHECK_FALSE(vqi::detail::icc_profile_fits(profile, !is_colour));
    const vqi::ReadImage read = kept_with(profile, channels);
    REQUIRE(read.image.metadata().icc_profile);
    CHECK((read.image.metadata().icc_profile->bytes == profile));
    CHECK(read.warnings.empty());
    CHECK(read.dropped.empty());
  }
}

TEST_CASE("a profile that cannot be kept is named with the reason, and as dropped") {
  const auto warning = [](const Bytes& profile) {
    const vqi::ReadImage read = kept_with(profile, 3);
    CHECK_FALSE(read.image.metadata().icc_profile);
    CHECK(read.dropped == std::vector<std::string>{"ICC profile"});
    REQUIRE(read.warnings.size() == 1);
    return read.warnings[0];
  };
  CHECK(warning(icc_profile("CMYK")) == "the JPEG's ICC profile is left out: it is for another kind of image");
  CHECK_THAT(warning(icc_profile("GRAY")), Catch::Contains("another kind"));
  CHECK_THAT(warning(Bytes(131)), Catch::Contains("too short"));
  Bytes longer = icc_profile("RGB ");
  longer.push_back(std::byte{0});
  CHECK_THAT(warning(longer), Catch::Contains("not an ICC profile"));
}
