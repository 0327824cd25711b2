// require_same_type: what is refused, and in which words.
#include "same_type.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "pattern_image.hpp"
#include "vqi/error.hpp"

namespace {

using vqi::test::pattern_image;

std::string message_of(const vqi::ImageView& a, const vqi::ImageView& b) {
  try {
    vqi::detail::require_same_type(a, b);
  } catch (const vqi::Error& error) {
    CHECK(error.error_code() == vqi::ErrorCode::invalid_image);
    return error.what();
  }
  return "no error";
}

}  // namespace

TEST_CASE("images of different type are refused by the name of what differs") {
  const vqi::Image image = pattern_image(12, 12, 3, 8, 1);
  CHECK(message_of(image, pattern_image(12, 13, 3, 8, 1)) ==
        "the images to compare differ in size (12x12 and 12x13); give two of the same size, channels and depth");
  CHECK(message_of(image, pattern_image(12, 12, 4, 8, 1)).find("channels (3 and 4)") != std::string::npos);
  CHECK(message_of(image, pattern_image(12, 12, 3, 16, 1)).find("bits per sample (8 and 16)") != std::string::npos);
  CHECK(message_of(image, pattern_image(12, 12, 3, 8, 2)) == "no error");
  CHECK(message_of(image, vqi::ImageView{}).find("width") != std::string::npos);
}
