// A table of forms, and the writer of each.
#include "palette_forms.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <filesystem>

#include "act_palette.hpp"
#include "json_palette.hpp"
#include "png_palette.hpp"
#include "source_palettes.hpp"
#include "swatch_picture.hpp"
#include "text_palettes.hpp"
#include "vqi/codebook.hpp"
#include "vqi/error.hpp"
#include "vqi/image_io.hpp"

namespace vqi::tool {
namespace {

enum class Alpha { kept, one_transparent, left_out };

struct FormEntry {
  PaletteForm form;
  std::string_view name;
  bool binary;
  std::uint32_t bit_depth;  // the most that it holds
  Alpha alpha;
  std::size_t colours_max;
};

constexpr std::size_t any_number = palette_colours_max;
// In the order of the enumerators.
constexpr std::array form_table{FormEntry{PaletteForm::hex, "hex", false, 16, Alpha::kept, any_number},
                                FormEntry{PaletteForm::gpl, "gpl", false, 8, Alpha::left_out, any_number},
                                FormEntry{PaletteForm::pal, "pal", false, 8, Alpha::kept, any_number},
                                FormEntry{PaletteForm::act, "act", true, 8, Alpha::one_transparent, act_colours_max},
                                FormEntry{PaletteForm::json, "json", false, 16, Alpha::kept, any_number},
                                FormEntry{PaletteForm::css, "css", false, 8, Alpha::kept, any_number},
                                FormEntry{PaletteForm::c, "c", false, 8, Alpha::kept, any_number},
                                FormEntry{PaletteForm::raw, "raw", true, 8, Alpha::kept, any_number},
                                FormEntry{PaletteForm::png, "png", true, 16, Alpha::kept, any_number},
                                FormEntry{PaletteForm::pixels, "pixels", true, 8, Alpha::kept, 256},
                                FormEntry{PaletteForm::vqb, "vqb", true, 16, Alpha::kept, any_number}};

/// Names of a form together with its pixels.
struct ShortName {
  std::string_view name;
  FormChoice choice;
};
constexpr std::array short_names{ShortName{"c565", {PaletteForm::c, PixelForm::rgb565}},
                                 ShortName{"rgb888", {PaletteForm::raw, PixelForm::rgb888}},
                                 ShortName{"rgba8888", {PaletteForm::raw, PixelForm::rgba8888}},
                                 ShortName{"rgb565", {PaletteForm::raw, PixelForm::rgb565}}};

struct FormExtension {
  std::string_view extension;
  PaletteForm form;
};
constexpr std::array extensions{FormExtension{".hex", PaletteForm::hex}, FormExtension{".txt", PaletteForm::hex},
                                FormExtension{".gpl", PaletteForm::gpl}, FormExtension{".pal", PaletteForm::pal},
                                FormExtension{".act", PaletteForm::act}, FormExtension{".json", PaletteForm::json},
                                FormExtension{".css", PaletteForm::css}, FormExtension{".c", PaletteForm::c},
                                FormExtension{".h", PaletteForm::c},     FormExtension{".bin", PaletteForm::raw},
                                FormExtension{".png", PaletteForm::png}, FormExtension{".vqb", PaletteForm::vqb}};

const FormEntry& entry_of(PaletteForm form) { return form_table[static_cast<std::size_t>(form)]; }

std::vector<std::byte> bytes_of_text(const std::string& text) {
  std::vector<std::byte> bytes(text.size());
  std::memcpy(bytes.data(), text.data(), text.size());
  return bytes;
}

/// A palette PNG of one row, a pixel for each colour.
std::vector<std::byte> write_pixels(const Palette& palette) {
  IndexedImage indexed;
  indexed.width_px = indexed.map_width = static_cast<std::uint32_t>(palette.colours.size());
  indexed.height_px = indexed.map_height = 1;
  indexed.codebook = Image(indexed.width_px, 1, 4, 8);
  for (std::uint32_t k = 0; k < indexed.width_px; ++k) {
    for (std::uint32_t i = 0; i < 4; ++i)
      indexed.codebook.row(0)[4 * k + i] = static_cast<std::byte>(palette.colours[k].rgba[i]);
    indexed.indices.push_back(static_cast<std::uint16_t>(k));
  }
  return write_indexed_png(indexed);
}

std::vector<std::byte> write_picture(const Palette& palette) {
  return with_suggested_palette(write_image_bytes(draw_swatches(at_8_bits(palette)), ".png"), palette);
}

std::vector<std::byte> write_book(const Palette& palette) {
  const std::uint32_t channels = palette.has_alpha() ? 4 : 3;
  Codebook codebook{1, 1, Image(static_cast<std::uint32_t>(palette.colours.size()), 1, channels, palette.bit_depth)};
  for (std::size_t k = 0; k < palette.colours.size(); ++k)
    for (std::uint32_t c = 0; c < channels; ++c) {
      const std::uint16_t sample = palette.colours[k].rgba[c];
      if (palette.bit_depth == 16)
        codebook.codewords.row16(0)[channels * k + c] = sample;
      else
        codebook.codewords.row(0)[channels * k + c] = static_cast<std::byte>(sample);
    }
  return write_codebook(codebook);
}

std::vector<std::byte> bytes_in(const Palette& palette, PaletteForm form, PixelForm pixels) {
  switch (form) {
    case PaletteForm::hex:
      return bytes_of_text(write_hex_palette(palette));
    case PaletteForm::gpl:
      return bytes_of_text(write_gimp_palette(palette));
    case PaletteForm::pal:
      return bytes_of_text(write_jasc_palette(palette));
    case PaletteForm::act:
      return write_act_palette(palette);
    case PaletteForm::json:
      return bytes_of_text(write_json_palette(palette));
    case PaletteForm::css:
      return bytes_of_text(write_css_palette(palette));
    case PaletteForm::c:
      return bytes_of_text(write_c_palette(palette, pixels));
    case PaletteForm::raw:
      return write_raw_palette(palette, pixels);
    case PaletteForm::png:
      return write_picture(palette);
    case PaletteForm::pixels:
      return write_pixels(palette);
    case PaletteForm::vqb:
      return write_book(palette);
  }
  return {};
}

/// Whether `entry` has a place for the alpha of all colours.
bool keeps_alpha(const FormEntry& entry, const Palette& palette) {
  if (entry.alpha == Alpha::kept || !palette.has_alpha()) return true;
  if (entry.alpha == Alpha::left_out) return false;
  const auto transparent = [](const PaletteColour& colour) { return colour.rgba[3] == 0; };
  const auto translucent = [&](const PaletteColour& colour) {
    return colour.rgba[3] != 0 && colour.rgba[3] != palette.max_value();
  };
  return std::count_if(palette.colours.begin(), palette.colours.end(), transparent) <= 1 &&
         std::none_of(palette.colours.begin(), palette.colours.end(), translucent);
}

}  // namespace

std::optional<FormChoice> form_from_name(std::string_view name) noexcept {
  for (const FormEntry& entry : form_table)
    if (entry.name == name) return FormChoice{entry.form};
  for (const ShortName& entry : short_names)
    if (entry.name == name) return entry.choice;
  return std::nullopt;
}

std::string form_names() {
  std::string names;
  for (const FormEntry& entry : form_table) {
    if (!names.empty()) names += ", ";
    names += entry.name;
  }
  for (const ShortName& entry : short_names)
    names += (entry.name == short_names.back().name ? " or " : ", ") + std::string(entry.name);
  return names;
}

std::optional<PaletteForm> form_of_file(const std::string& name) {
  std::string extension = std::filesystem::path(name).extension().string();
  for (char& letter : extension)
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  for (const FormExtension& entry : extensions)
    if (entry.extension == extension) return entry.form;
  return std::nullopt;
}

bool is_binary(PaletteForm form) noexcept { return entry_of(form).binary; }

WrittenPalette write_palette(const Palette& palette, const FormChoice& choice) {
  const FormEntry& entry = entry_of(choice.form);
  const std::string name(entry.name);
  const bool has_pixels = choice.form == PaletteForm::c || choice.form == PaletteForm::raw;
  if (palette.colours.size() > entry.colours_max)
    throw Error(ErrorCode::invalid_option, "the form " + name + " holds " + std::to_string(entry.colours_max) +
                                               " colours and the palette has " +
                                               std::to_string(palette.colours.size()) + ", choose another form");
  WrittenPalette written;
  const bool narrowed = palette.bit_depth > entry.bit_depth;
  const Palette kept = narrowed ? at_8_bits(palette) : palette;
  const PixelForm pixels = choice.pixels.value_or(usual_pixel_form(kept.has_alpha()));
  if (narrowed) written.losses.emplace_back("the form " + name + " holds 8 bits, samples of 16 are rounded");
  if (has_pixels && kept.has_alpha() && !holds_alpha(pixels))
    written.losses.emplace_back(std::string(pixel_form_name(pixels)) +
                                " has no place for the alpha of colours, it is left out");
  if (!keeps_alpha(entry, kept))
    written.losses.emplace_back("the form " + name + " has no place for the alpha of colours, it is left out");
  written.bytes = bytes_in(kept, choice.form, pixels);
  return written;
}

}  // namespace vqi::tool
