// Plots as picture files.
#include "plot_output.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "vqi/error.hpp"
#include "vqi/image_io.hpp"

using namespace vqi::tool;

namespace {

const std::vector<RateCurve> curves{
    {"a <b> & \"c\"\xFF",
     {{1, 20, 0.7, 2, true, false}, {2, 25, 0.8, 4, true, true}, {3, std::nullopt, 1, 8, true, false}}}};

std::string as_text(const std::vector<std::byte>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

bool can_draw() {
  try {
    static_cast<void>(cairo_painter());
    return true;
  } catch (const vqi::Error& error) {
    CHECK(std::string(error.what()).find("cairo") != std::string::npos);
    WARN("plots are not tested: " << error.what());
    return false;
  }
}

}  // namespace

TEST_CASE("the extension alone decides the format of a plot") {
  if (!can_draw()) return;
  CHECK(plot_format("a.b/c.svg") == PictureFormat::svg);
  CHECK(plot_format("A.PNG") == PictureFormat::png);
  for (const char* const name : {"plot", "plot.pdf", "svg", ".svg", "a.svg/b", "-"})
    CHECK_THROWS_AS(plot_format(name), vqi::Error);
}

TEST_CASE("an SVG plot has the size of its drawing and its words as escaped text") {
  if (!can_draw()) return;
  const std::string svg = as_text(plot_bytes(curves, PlotTheme::light, PictureFormat::svg));
  CHECK(svg.starts_with("<?xml"));
  CHECK(svg.find("viewBox=\"0 0 880 ") != std::string::npos);
  CHECK(svg.find("<title>PSNR and SSIM against bits per pixel</title>") != std::string::npos);
  CHECK(svg.find("a &lt;b&gt; &amp; \"c\"\xEF\xBF\xBD: K 2: 1.000 bits per pixel, 20.00 dB, SSIM 0.7000;") !=
        std::string::npos);
  CHECK(svg.find("K 8: 3.000 bits per pixel, lossless") != std::string::npos);
}

TEST_CASE("a PNG plot has two pixels per point, the theme's background and the curve's colour") {
  if (!can_draw()) return;
  for (const PlotTheme theme : {PlotTheme::light, PlotTheme::dark}) {
    const vqi::ReadImage png = vqi::read_image(plot_bytes(curves, theme, PictureFormat::png));
    CHECK(png.image.width_px() == 1760);
    CHECK(png.image.height_px() > 800);
    REQUIRE(png.image.channels() == 3);
    const auto pixel_is = [&png](const std::byte* at, const Colour& colour) {
      return at[0] == std::byte{colour.red} && at[1] == std::byte{colour.green} && at[2] == std::byte{colour.blue};
    };
    CHECK(pixel_is(png.image.row(0), theme_colours(theme).background));
    const auto count_of = [&](const Colour& colour) {
      const std::span<const std::byte> samples = png.image.samples();
      std::size_t count = 0;
      for (std::size_t at = 0; at + 3 <= samples.size(); at += 3) count += pixel_is(&samples[at], colour) ? 1U : 0U;
      return count;
    };
    CHECK(count_of(curve_style(0, theme).colour) > 500);
    CHECK(count_of(curve_style(1, theme).colour) < 50);
  }
}

TEST_CASE("the same curves give the same picture") {
  if (!can_draw()) return;
  for (const PictureFormat format : {PictureFormat::svg, PictureFormat::png})
    CHECK(as_text(plot_bytes(curves, PlotTheme::dark, format)) == as_text(plot_bytes(curves, PlotTheme::dark, format)));
}
