// quantize_by and the calls of vqi.h on image files.
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "test_images.hpp"
#include "thrown_error.hpp"
#include "vqi.h"
#include "vqi/image_io.hpp"
#include "vqi/quantize.hpp"
#include "vqi/settings.hpp"

using namespace vqi;
using vqi::test::Content;
using vqi::test::make_image;

TEST_CASE("options as text quantize to the bytes of options as fields") {
  const Image image = make_image(40, 30, 3, 8, Content::smooth);
  Settings settings{.command = Command::quantize};
  for (const auto& [name, value] : {std::pair{"k", "8"}, {"dither", "none"}, {"fix", "#123456"}})
    set_option(settings, name, value);
  QuantizeOptions options;
  options.k = 8;
  options.dither = Dither::none;
  options.fixed = {{0x12, 0x34, 0x56, 255}};
  CHECK(quantize_by(image, settings).bytes == quantize(image, options).bytes);
  set_option(settings, "palette", "red");
  CHECK(test::thrown_by([&] { static_cast<void>(quantize_by(image, settings)); }).code == ErrorCode::invalid_option);
}

TEST_CASE("a colour palette turns a grey image into RGB, and the report says so") {
  const Image image = make_image(40, 30, 1, 8, Content::smooth);
  Settings settings{.command = Command::quantize};
  set_option(settings, "palette", "red,white,blue");
  const Quantized quantized = quantize_by(image, settings);
  CHECK(quantized.report.channels == 3);
  CHECK(quantized.report.warnings.size() == 1);
  CHECK(read_image(quantized.bytes).image.channels() == 3);
}

TEST_CASE("C makes palette PNGs, and writes and reads image files") {
  const Image image = make_image(40, 30, 4, 8, Content::smooth);
  const vqi_image view = {image.row(0), nullptr, 0, 40, 30, 4, 8};
  vqi_options* options = nullptr;
  REQUIRE(vqi_options_new("quantize", &options) == VQI_OK);
  REQUIRE(vqi_options_set(options, "k", "16") == VQI_OK);
  vqi_result* quantized = nullptr;
  REQUIRE(vqi_quantize(options, &view, &quantized) == VQI_OK);
  double k = 0;
  CHECK(vqi_result_number(quantized, "k", &k) == VQI_OK);
  CHECK(k == 16);
  std::size_t size = 0;
  const void* png = vqi_result_bytes(quantized, &size);
  vqi_result* read = nullptr;
  REQUIRE(vqi_read_image(nullptr, png, size, &read) == VQI_OK);
  vqi_image back;
  REQUIRE(vqi_result_image(read, &back) == VQI_OK);
  CHECK(back.width == 40);
  CHECK(back.channels == 4);
  vqi_result* written = nullptr;
  REQUIRE(vqi_write_image(&view, ".png", &written) == VQI_OK);
  const void* bytes = vqi_result_bytes(written, &size);
  const Image again = read_image({static_cast<const std::byte*>(bytes), size}).image;
  CHECK(std::equal(again.samples().begin(), again.samples().end(), image.samples().begin(), image.samples().end()));
  vqi_result* none = nullptr;
  CHECK(vqi_write_image(&view, ".xyz", &none) == VQI_INVALID_OPTION);
  CHECK(vqi_write_image(&view, nullptr, &none) == VQI_INVALID_ARGUMENT);
  CHECK(vqi_read_image(nullptr, "no image", 8, &none) == VQI_NOT_AN_IMAGE);
  CHECK(vqi_quantize(nullptr, nullptr, &none) == VQI_INVALID_ARGUMENT);
  for (vqi_result* result : {quantized, read, written, none}) vqi_result_free(result);
  vqi_options_free(options);
}
