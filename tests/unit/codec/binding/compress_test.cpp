// compress: what the command does to an image, as one call.
#include <catch2/catch.hpp>

#include "test_images.hpp"
#include "thrown_error.hpp"
#include "vqi/codec.hpp"
#include "vqi/settings.hpp"

using namespace vqi;
using vqi::test::Content;
using vqi::test::make_image;

TEST_CASE("options as text encode to the bytes of options as fields") {
  const Image image = make_image(40, 30, 3, 8, Content::smooth);
  Settings settings;
  set_option(settings, "k", "8");
  EncodeOptions options;
  options.k = 8;
  CHECK(compress(image, settings).bytes == encode(image, options).bytes);
  settings = {};
  set_option(settings, "psnr", "30");
  options = {};
  options.method = Method::ecvq;
  CHECK(compress(image, settings).bytes == encode_to_target(image, {.psnr_db = 30}, options).bytes);
}

TEST_CASE("options that exclude each other are refused before work, and a palette's warnings are reported") {
  const Image image = make_image(40, 30, 1, 8, Content::smooth);
  Settings settings;
  set_option(settings, "k", "8");
  set_option(settings, "bpp", "1");
  CHECK(test::thrown_by([&] { static_cast<void>(compress(image, settings)); }).code == ErrorCode::invalid_option);
  settings = {};
  set_option(settings, "palette", "red,white");
  const Encoded encoded = compress(image, settings);
  CHECK(encoded.report.channels == 3);
  CHECK_FALSE(encoded.report.warnings.empty());
}
