// Reads lines one by one, and says of the first wrong one what it should be.
#include "text_palettes.hpp"

#include <optional>
#include <utility>
#include <vector>

#include "palette_lines.hpp"
#include "vqi/colour_text.hpp"
#include "vqi/error.hpp"

namespace vqi::tool {
namespace {

constexpr std::string_view gimp_start = "GIMP Palette";
constexpr std::string_view jasc_start = "JASC-PAL";
constexpr std::string_view jasc_version = "0100";
constexpr std::string_view paint_net_start = "; paint.net Palette";
constexpr std::uint32_t sample_max = 255;

void add(Palette& palette, PaletteColour colour, const PaletteLine& line) {
  if (palette.colours.size() == palette_colours_max)
    refuse_line(line, "the palette has more than " + std::to_string(palette_colours_max) + " colours");
  palette.colours.push_back(std::move(colour));
}

void demand_colours(const Palette& palette) {
  if (palette.colours.empty()) throw Error(ErrorCode::corrupt_palette, "the palette has no colours, give one or more");
}

/// The colour of 3 or 4 words that are numbers.
PaletteColour colour_of_numbers(const std::vector<std::string_view>& words, std::size_t samples,
                                const PaletteLine& line) {
  PaletteColour colour;
  colour.rgba[3] = sample_max;
  for (std::size_t i = 0; i < samples; ++i) {
    const std::optional<std::uint32_t> value = i < words.size() ? number_of(words[i]) : std::nullopt;
    if (!value || *value > sample_max)
      refuse_line(
          line, quoted_part(line.text) + " does not begin with " + std::to_string(samples) + " numbers from 0 to 255");
    colour.rgba[i] = static_cast<std::uint16_t>(*value);
  }
  return colour;
}

/// Text before ";" or "//".
std::string_view without_comment(std::string_view text) noexcept {
  return text.substr(0, std::min(text.find(';'), text.find("//")));
}

void add_word(std::string_view word, bool alpha_first, const PaletteLine& line, Palette& palette) {
  std::optional<ColourText> colour = colour_of_digits(word);
  const bool has_alpha = word.size() == 8;
  if (!colour) colour = colour_of_text(word);
  if (!colour) refuse_line(line, quoted_part(word) + " is no colour, give digits such as #ff8800, or a CSS name");
  if (alpha_first && has_alpha) colour->rgba = {colour->rgba[1], colour->rgba[2], colour->rgba[3], colour->rgba[0]};
  if (palette.colours.empty())
    palette.bit_depth = colour->bit_depth;
  else if (palette.bit_depth != colour->bit_depth)
    refuse_line(line, quoted_part(word) + " has another number of digits for a sample than the colours before");
  add(palette, {colour->rgba, {}}, line);
}

}  // namespace

bool is_gimp_palette(std::string_view text) noexcept { return text.starts_with(gimp_start); }

bool is_jasc_palette(std::string_view text) noexcept { return text.starts_with(jasc_start); }

Palette read_hex_palette(std::string_view text) {
  Palette palette;
  const bool alpha_first = text.starts_with(paint_net_start);
  PaletteLines lines(text);
  while (const std::optional<PaletteLine> line = lines.next()) {
    std::string blank_for_comma(without_comment(line->text));
    for (char& letter : blank_for_comma)
      if (letter == ',') letter = ' ';
    for (const std::string_view word : words_of(blank_for_comma, palette_colours_max + 1))
      add_word(word, alpha_first, *line, palette);
  }
  demand_colours(palette);
  return palette;
}

Palette read_gimp_palette(std::string_view text) {
  Palette palette;
  PaletteLines lines(text);
  std::size_t samples = 3;
  while (const std::optional<PaletteLine> line = lines.next()) {
    if (line->number == 1) {
      if (trimmed(line->text) != gimp_start) refuse_line(*line, "the first line is not \"GIMP Palette\"");
      continue;
    }
    const std::string_view body = trimmed(line->text);
    if (body.empty() || body.starts_with('#') || body.starts_with("Columns:")) continue;
    if (body.starts_with("Name:")) {
      palette.name = trimmed(body.substr(5));
      continue;
    }
    if (body.starts_with("Channels:")) {
      samples = trimmed(body.substr(9)) == "RGBA" ? 4 : 3;
      continue;
    }
    const std::vector<std::string_view> words = words_of(body, samples + 1);
    PaletteColour colour = colour_of_numbers(words, samples, *line);
    if (words.size() > samples) colour.name = words[samples];
    add(palette, std::move(colour), *line);
  }
  demand_colours(palette);
  return palette;
}

Palette read_jasc_palette(std::string_view text) {
  Palette palette;
  PaletteLines lines(text);
  const auto demand_line = [&](const char* what) {
    const std::optional<PaletteLine> line = lines.next();
    if (!line)
      throw Error(ErrorCode::corrupt_palette,
                  std::string("the file ends before ") + what + " (at byte " + std::to_string(text.size()) + ")",
                  text.size());
    return *line;
  };
  if (const PaletteLine line = demand_line("its first line"); trimmed(line.text) != jasc_start)
    refuse_line(line, "the first line is not \"JASC-PAL\"");
  if (const PaletteLine line = demand_line("its version"); trimmed(line.text) != jasc_version)
    refuse_line(line, "the version is " + quoted_part(line.text) + ", not \"0100\"");
  const PaletteLine count_line = demand_line("the number of colours");
  const std::optional<std::uint32_t> count = number_of(trimmed(count_line.text));
  if (!count || *count == 0 || *count > palette_colours_max)
    refuse_line(count_line, quoted_part(count_line.text) + " is no number of colours from 1 to 65536");
  for (std::uint32_t i = 0; i < *count; ++i) {
    const PaletteLine line = demand_line("the last colour");
    const std::vector<std::string_view> words = words_of(line.text, 5);
    if (words.size() > 4) refuse_line(line, quoted_part(line.text) + " has more than four numbers");
    add(palette, colour_of_numbers(words, words.size() == 4 ? 4 : 3, line), line);
  }
  while (const std::optional<PaletteLine> line = lines.next())
    if (!trimmed(line->text).empty())
      refuse_line(*line, "more lines follow than the " + std::to_string(*count) + " colours that the file names");
  return palette;
}

std::string write_hex_palette(const Palette& palette) {
  std::string text;
  for (const PaletteColour& colour : palette.colours) text += text_of_colour(colour.rgba, palette.bit_depth) + "\n";
  return text;
}

std::string write_gimp_palette(const Palette& palette) {
  std::string text(gimp_start);
  text += "\nName: " + (palette.name.empty() ? "vqi" : palette.name) + "\nColumns: 16\n#\n";
  for (const PaletteColour& colour : palette.colours) {
    for (std::size_t i = 0; i < 3; ++i) {
      const std::string number = std::to_string(colour.rgba[i]);
      text += std::string(3 - number.size(), ' ') + number + (i < 2 ? " " : "\t");
    }
    text += (colour.name.empty() ? text_of_colour(colour.rgba, palette.bit_depth) : colour.name) + "\n";
  }
  return text;
}

std::string write_jasc_palette(const Palette& palette) {
  const std::size_t samples = palette.has_alpha() ? 4 : 3;
  std::string text(jasc_start);
  text += "\r\n0100\r\n" + std::to_string(palette.colours.size()) + "\r\n";
  for (const PaletteColour& colour : palette.colours) {
    for (std::size_t i = 0; i < samples; ++i) text += (i > 0 ? " " : "") + std::to_string(colour.rgba[i]);
    text += "\r\n";
  }
  return text;
}

}  // namespace vqi::tool
