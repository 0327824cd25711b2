// TiffColour: ranges, inversion, palettes, CMYK, YCbCr and alpha against plain definitions.
#include "tiff_colour.hpp"

#include <catch2/catch.hpp>

namespace {

using vqi::detail::TiffColour;
using vqi::detail::TiffColours;
using vqi::detail::TiffColourTables;
using vqi::detail::TiffLayout;
using Samples = std::vector<std::uint16_t>;

TiffLayout layout_of(TiffColours colours, std::uint32_t bits, std::uint32_t colour_samples, bool has_alpha = false) {
  TiffLayout layout;
  layout.colours = colours;
  layout.bits = bits;
  layout.colour_samples = colour_samples;
  layout.samples = colour_samples + (has_alpha ? 1 : 0);
  if (has_alpha) layout.alpha_sample = colour_samples;
  return layout;
}

template <typename Sample>
Samples converted(const TiffLayout& layout, Samples samples, const TiffColourTables& tables = {}) {
  const auto count = static_cast<std::uint32_t>(samples.size() / layout.samples);
  std::vector<Sample> pixels(count * layout.channels());
  TiffColour(layout, tables).convert(samples, count, reinterpret_cast<std::byte*>(pixels.data()));
  return {pixels.begin(), pixels.end()};
}

}  // namespace

TEST_CASE("samples of every depth are stretched to the whole range, rounded") {
  for (std::uint32_t bits = 1; bits <= 16; ++bits) {
    const std::uint32_t most = (1U << bits) - 1;
    const std::uint32_t full = bits > 8 ? 65535 : 255;
    for (const std::uint32_t value : {0U, most / 3, most / 2, most}) {
      const TiffLayout grey = layout_of(TiffColours::grey, bits, 1);
      const TiffLayout inverted = layout_of(TiffColours::inverted_grey, bits, 1);
      const auto expected = static_cast<std::uint16_t>((2ULL * value * full + most) / (2 * most));
      const Samples sample{static_cast<std::uint16_t>(value)};
      INFO(bits << " bits, " << value);
      CHECK((bits > 8 ? converted<std::uint16_t>(grey, sample) : converted<std::uint8_t>(grey, sample)) ==
            Samples{expected});
      CHECK((bits > 8 ? converted<std::uint16_t>(inverted, sample) : converted<std::uint8_t>(inverted, sample)) ==
            Samples{static_cast<std::uint16_t>(full - expected)});
    }
  }
}

TEST_CASE("CMYK is the light that its inks let through, and is divided by alpha before that") {
  const TiffLayout inks = layout_of(TiffColours::cmyk, 8, 4);
  CHECK(converted<std::uint8_t>(inks, {0, 0, 0, 0, 255, 0, 0, 0, 0, 100, 200, 128, 7, 7, 7, 255}) ==
        Samples{255, 255, 255, 0, 255, 255, 127, 77, 27, 0, 0, 0});
  TiffLayout with_alpha = layout_of(TiffColours::cmyk, 8, 4, true);
  CHECK(converted<std::uint8_t>(with_alpha, {0, 100, 0, 0, 128}) == Samples{255, 155, 255, 128});
  with_alpha.is_premultiplied = true;
  CHECK(converted<std::uint8_t>(with_alpha, {0, 50, 0, 0, 51}) == Samples{255, 5, 255, 51});
}

TEST_CASE("colours of a palette are looked up and keep their alpha") {
  TiffColourTables tables;
  tables.palette = {{1, 2, 3}, {4, 5, 6}};
  CHECK(converted<std::uint8_t>(layout_of(TiffColours::palette, 1, 1), {1, 0}, tables) == Samples{4, 5, 6, 1, 2, 3});
  CHECK(converted<std::uint8_t>(layout_of(TiffColours::palette, 1, 1, true), {1, 1, 0, 0}, tables) ==
        Samples{4, 5, 6, 255, 1, 2, 3, 0});
}

TEST_CASE("YCbCr follows the coefficients and the places of black and white") {
  TiffColourTables tables;
  const TiffLayout layout = layout_of(TiffColours::ycbcr, 8, 3);
  CHECK(converted<std::uint8_t>(layout, {0, 128, 128, 255, 128, 128, 90, 128, 128}, tables) ==
        Samples{0, 0, 0, 255, 255, 255, 90, 90, 90});
  tables.reference = {16, 235, 128, 240, 128, 240};
  CHECK(converted<std::uint8_t>(layout, {16, 128, 128, 235, 128, 128, 81, 90, 240}, tables) ==
        Samples{0, 0, 0, 255, 255, 255, 254, 0, 0});
}

TEST_CASE("premultiplied grey and RGB are divided by alpha, and stay where it is 0") {
  TiffLayout rgba = layout_of(TiffColours::rgb, 8, 3, true);
  rgba.is_premultiplied = true;
  CHECK(converted<std::uint8_t>(rgba, {50, 25, 1, 100, 9, 8, 7, 0, 200, 0, 0, 100}) ==
        Samples{128, 64, 3, 100, 9, 8, 7, 0, 255, 0, 0, 100});
  TiffLayout grey = layout_of(TiffColours::grey, 16, 1, true);
  grey.is_premultiplied = true;
  CHECK(converted<std::uint16_t>(grey, {1000, 30000}) == Samples{2185, 30000});
}
