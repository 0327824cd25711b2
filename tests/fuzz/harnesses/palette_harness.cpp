// Harness: hostile palette files are refused, or their colours can be written in every form that holds them.
#include <array>
#include <string_view>

#include "byte_tools.hpp"
#include "harness.hpp"
#include "palette_forms.hpp"
#include "palette_input.hpp"
#include "promises.hpp"
#include "stream_limits.hpp"
#include "test_images.hpp"
#include "vqi/codec.hpp"

namespace vqi::fuzz {
using namespace detail;
using tool::Palette;
using tool::PaletteForm;
namespace {

/// What is read from hostile bytes, or nothing; some errors say that the file holds no colours but something else.
std::optional<Palette> read(std::span<const std::byte> input) {
  try {
    return tool::read_palette(input, {.limits = small_limits()}, small_run());
  } catch (const Error& error) {
    check_error(error, input.size(), {ErrorClass::data, ErrorClass::limit, ErrorClass::argument});
    return std::nullopt;
  }
}

void check_form(const Palette& palette, PaletteForm form) {
  try {
    const Bytes written = tool::write_palette(palette, {form}).bytes;
    promise(!written.empty(), "a written palette has bytes");
    const bool is_read_back = form == PaletteForm::hex || form == PaletteForm::json;
    if (is_read_back) promise(read(written)->colours.size() == palette.colours.size(), "a palette comes back");
    if (form != PaletteForm::hex) return;
    const Palette back = *read(written);
    for (std::size_t k = 0; k < palette.colours.size(); ++k)
      promise(back.colours[k].rgba == palette.colours[k].rgba || back.bit_depth != palette.bit_depth,
              "a colour comes back");
  } catch (const Error& error) {
    check_error(error, 0, {ErrorClass::argument});
  }
}

bool run(std::span<const std::byte> input) {
  const std::optional<Palette> palette = read(input);
  if (!palette) return false;
  promise(!palette->colours.empty() && palette->colours.size() <= tool::palette_colours_max,
          "a palette has 1 to 65536 colours");
  promise(palette->counts.empty() || palette->counts.size() == palette->colours.size(),
          "each colour is counted, or none");
  for (const tool::PaletteColour& colour : palette->colours)
    for (const std::uint16_t sample : colour.rgba) promise(sample <= palette->max_value(), "samples fit their depth");
  constexpr std::size_t few = 64;  // so that a run stays short
  if (palette->colours.size() > few) return true;
  for (const PaletteForm form :
       {PaletteForm::hex, PaletteForm::gpl, PaletteForm::pal, PaletteForm::act, PaletteForm::json, PaletteForm::css,
        PaletteForm::c, PaletteForm::png, PaletteForm::pixels, PaletteForm::vqb})
    check_form(*palette, form);
  return true;
}

/// One palette in each form that is read, other programs' texts, and a .vqi file.
std::vector<Bytes> make_seeds() {
  std::vector<Bytes> seeds;
  Palette palette;
  palette.name = "three inks";
  palette.colours = {{{0, 0, 0, 255}, "black"}, {{255, 40, 20, 255}, ""}, {{9, 200, 90, 128}, "half a green"}};
  for (const PaletteForm form : {PaletteForm::hex, PaletteForm::gpl, PaletteForm::pal, PaletteForm::act,
                                 PaletteForm::json, PaletteForm::png, PaletteForm::pixels, PaletteForm::vqb})
    seeds.push_back(tool::write_palette(palette, {form}).bytes);
  constexpr std::array<std::string_view, 5> texts{
      ";paint.net Palette File\nFF0A0B0C\n80FFFFFF\n", "rebeccapurple, #abc #0f08\n// white\nffffff\n",
      "GIMP Palette\nName: a\nChannels: RGBA\nColumns: 4\n#\n1 2 3 4 x\n", "JASC-PAL\n0100\n2\n1 2 3\n4 5 6\n",
      R"({"palette": [{"hex": "#123", "name": "a"}, [1, 2, 3], {"rgb": [4, 5, 6]}]})"};
  for (const std::string_view text : texts) seeds.push_back(testing::bytes_of(std::string(text)));
  EncodeOptions options;
  options.k = 5;
  seeds.push_back(encode(test::make_image(9, 7, 4, 8, test::Content::smooth), options, {.threads = 1}).bytes);
  return seeds;
}

}  // namespace

const Harness palette_harness{"palette", run, make_seeds, 4096, nullptr};

}  // namespace vqi::fuzz
