// fit_colours: an image and the colours that are given for it get one type.
#include <catch2/catch.hpp>
#include <cstring>

#include "thrown_error.hpp"
#include "vqi/codebook.hpp"
#include "vqi/settings.hpp"

using namespace vqi;
using vqi::test::thrown_by;

namespace {

Image image_of(std::uint32_t channels, std::uint32_t bit_depth) {
  Image image(3, 2, channels, bit_depth);
  std::memset(image.row(0), 7, image.size_bytes());
  return image;
}

struct Fitted {
  Settings settings{};
  Image widened{};
  ImageView view{};
  std::vector<std::string> warnings{};
};

Fitted fit(const Image& image, const char* palette) {
  Fitted fitted;
  set_option(fitted.settings, "palette", palette);
  fitted.view = fit_colours(image, fitted.settings, fitted.widened, fitted.warnings);
  return fitted;
}

std::vector<int> codewords(const Fitted& fitted) {
  std::vector<int> values;
  const Image& image = fitted.settings.encode.codebook->codewords;
  for (std::size_t i = 0; i < image.row_bytes() / (image.bit_depth() / 8); ++i)
    values.push_back(image.bit_depth() == 16 ? image.row16(0)[i] : static_cast<int>(image.row(0)[i]));
  return values;
}

}  // namespace

TEST_CASE("colours of a palette become codewords of the image's type") {
  CHECK(codewords(fit(image_of(3, 8), "#010203,white")) == std::vector<int>{1, 2, 3, 255, 255, 255});
  CHECK(codewords(fit(image_of(4, 8), "#01020304")) == std::vector<int>{1, 2, 3, 4});
  CHECK(codewords(fit(image_of(3, 16), "#010203")) == std::vector<int>{257, 514, 771});
  CHECK(codewords(fit(image_of(1, 8), "#010101,#fff")) == std::vector<int>{1, 255});
  CHECK(codewords(fit(image_of(2, 8), "#01010180")) == std::vector<int>{1, 0x80});
  CHECK(fit(image_of(3, 8), "#010203").widened.size_bytes() == 0);
}

TEST_CASE("a grey image becomes RGB where colours need it, and says so") {
  const Image grey = image_of(2, 16);
  const Fitted fitted = fit(grey, "#f00");
  CHECK(fitted.view.channels == 4);
  CHECK(fitted.view.samples == fitted.widened.row(0));
  CHECK(codewords(fitted) == std::vector<int>{65535, 0, 0, 65535});
  CHECK(fitted.warnings.size() == 1);
}

TEST_CASE("a grey image becomes RGB for a fixed colour, and stays grey for a fixed grey") {
  for (const auto& [colour, channels] : {std::pair{"#f00", 3U}, std::pair{"#777", 1U}}) {
    Settings settings;
    set_option(settings, "fix", colour);
    const Image grey = image_of(1, 8);
    Image widened;
    std::vector<std::string> warnings;
    const ImageView view = fit_colours(grey, settings, widened, warnings);
    CHECK(view.channels == channels);
    CHECK(warnings.size() == (channels == 3 ? 1 : 0));
  }
}

TEST_CASE("colours that the image cannot have are left out, and without any left it is an error") {
  const Fitted fitted = fit(image_of(3, 8), "#fff,#fff,#00000080,white");
  CHECK(codewords(fitted) == std::vector<int>{255, 255, 255});
  CHECK(fitted.warnings ==
        std::vector<std::string>{"2 colours of the palette left out, as the same stood there before",
                                 "1 colour of the palette left out, not being opaque where the image has no alpha"});
  const Image image = image_of(3, 8);
  CHECK(thrown_by([&] { static_cast<void>(fit(image, "transparent")); }).code == ErrorCode::invalid_option);
}

TEST_CASE("an image gets the type of a codebook that holds it, and no other") {
  Settings settings;
  settings.encode.codebook = std::make_shared<const Codebook>(Codebook{1, 1, image_of(4, 8)});
  Image widened;
  std::vector<std::string> warnings;
  const Image grey = image_of(1, 8);
  CHECK(fit_colours(grey, settings, widened, warnings).channels == 4);
  const Image deep = image_of(3, 16);
  CHECK(thrown_by([&] { static_cast<void>(fit_colours(deep, settings, widened, warnings)); }).code ==
        ErrorCode::invalid_option);
}
