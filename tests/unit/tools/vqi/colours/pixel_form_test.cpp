// Colours in bytes and in C, sample by sample.
#include "pixel_form.hpp"

#include <catch2/catch.hpp>

#include "thrown_error.hpp"

using namespace vqi::tool;

namespace {

constexpr Rgba orange{255, 128, 0, 3};

std::vector<int> bytes_of(PixelForm form) {
  std::vector<std::byte> bytes;
  append_pixel(bytes, orange, form);
  CHECK(bytes.size() == pixel_bytes(form));
  std::vector<int> values;
  for (const std::byte byte : bytes) values.push_back(std::to_integer<int>(byte));
  return values;
}

}  // namespace

TEST_CASE("bytes are in the order that the form's name says") {
  CHECK(bytes_of(PixelForm::rgb888) == std::vector<int>{255, 128, 0});
  CHECK(bytes_of(PixelForm::rgba8888) == std::vector<int>{255, 128, 0, 3});
  CHECK(bytes_of(PixelForm::bgra8888) == std::vector<int>{0, 128, 255, 3});
  CHECK(bytes_of(PixelForm::rgb565) == std::vector<int>{0x00, 0xFC});
  CHECK(bytes_of(PixelForm::rgb565be) == std::vector<int>{0xFC, 0x00});
  CHECK(bytes_of(PixelForm::bgr555) == std::vector<int>{0x1F, 0x02});
}

TEST_CASE("forms of 16 bits are rounded to the nearest") {
  CHECK(packed_pixel({255, 255, 255, 0}, PixelForm::rgb565) == 0xFFFF);
  CHECK(packed_pixel({0, 255, 0, 0}, PixelForm::rgb565be) == 0x07E0);
  CHECK(packed_pixel({4, 2, 5, 0}, PixelForm::rgb565) == 0x0001);
  CHECK(packed_pixel({255, 255, 255, 0}, PixelForm::bgr555) == 0x7FFF);
  CHECK(packed_pixel({5, 4, 12, 0}, PixelForm::bgr555) == 0x0401);
}

TEST_CASE("C has RGB565 as a number, and the other forms as bytes") {
  CHECK(c_pixel(orange, PixelForm::rgb565) == "0xfc00");
  CHECK(c_pixel_type(PixelForm::rgb565).element == "uint16_t");
  CHECK(c_pixel(orange, PixelForm::bgr555) == "0x021f");
  CHECK(c_pixel(orange, PixelForm::rgb565be) == "{0xfc, 0x00}");
  CHECK(c_pixel(orange, PixelForm::bgra8888) == "{0x00, 0x80, 0xff, 0x03}");
  CHECK(c_pixel_type(PixelForm::bgra8888).samples == "[4]");
}

TEST_CASE("each form has a name, and some hold alpha") {
  for (const char* name : {"rgb888", "rgba8888", "bgra8888", "rgb565", "rgb565be", "bgr555"})
    CHECK(pixel_form_name(parse_pixel_form(name)) == name);
  const auto thrown = vqi::test::thrown_by([] { static_cast<void>(parse_pixel_form("rgb555")); });
  CHECK(thrown.code == vqi::ErrorCode::invalid_option);
  CHECK(vqi::test::holds(thrown.message, "rgb565be"));
  CHECK(holds_alpha(usual_pixel_form(true)));
  CHECK(usual_pixel_form(false) == PixelForm::rgb888);
  CHECK_FALSE(holds_alpha(PixelForm::rgb565));
}
