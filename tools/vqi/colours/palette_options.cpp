// Declares the options of vqi palette.
#include "palette_options.hpp"

#include "file_options.hpp"
#include "read_input.hpp"
#include "vqi/error.hpp"

namespace vqi::tool {
namespace {

PaletteOrder parse_order(const std::string& text) {
  if (text == "none") return PaletteOrder::none;
  if (text == "use") return PaletteOrder::use;
  if (text == "luma") return PaletteOrder::luma;
  if (text == "hue") return PaletteOrder::hue;
  throw Error(ErrorCode::invalid_option, "--sort \"" + text + "\" is unknown, give use, luma, hue or none");
}

FormChoice parse_form(const std::string& text) {
  const std::optional<FormChoice> form = form_from_name(text);
  if (!form)
    throw Error(ErrorCode::invalid_option, "--to \"" + text + "\" is no form of palettes, give " + form_names());
  return *form;
}

}  // namespace

void add_pixel_form(CommandLine& line, std::optional<PixelForm>& pixels) {
  line.add_value(
      "--palette-format", [&pixels](const std::string& text) { pixels = parse_pixel_form(text); }, "FORMAT",
      "Colours of C arrays and raw bytes: rgb888, rgba8888,\nbgra8888, rgb565, rgb565be (upper byte first) or bgr555.\n"
      "Default: rgb888, with alpha rgba8888");
}

void add_palette_options(CommandLine& line, PaletteOptions& options) {
  line.start_group("Colours");
  line.add_value(
      "--to", [&options](const std::string& text) { options.form = parse_form(text); }, "FORM",
      "hex, gpl (GIMP), pal (JASC), act (Adobe), json, css,\nc (a C array), raw (bytes), png (swatches), pixels (a\n"
      "palette PNG) or vqb (a codebook). Default: by the\nextension of -o; without -o hex");
  add_pixel_form(line, options.pixels);
  line.add_value(
      "--sort", [&options](const std::string& text) { options.order = parse_order(text); }, "ORDER",
      "use (most used first), luma (dark to light), hue, or\nnone, the default, which keeps the order");
  line.start_group("Files");
  line.add_text("-o,--output", options.output, "FILE", "Write to FILE; - is standard output, the default");
  line.add_text("--codebook", options.codebook, "BOOK", "The codebook of a file that was compressed with --detach");
  add_reading_options(line, options.common.reading);
  add_common_options(line, options.common);
}

namespace {

FormChoice chosen_form(const PaletteOptions& options) {
  const bool to_file = options.output && *options.output != standard_stream;
  if (options.output && options.output->empty())
    throw Error(ErrorCode::invalid_option, "-o has an empty name, give a file");
  if (options.common.json && options.output == standard_stream)
    throw Error(ErrorCode::invalid_option, "--json and the output cannot share standard output, use -o FILE");
  if (options.form) return *options.form;
  if (!to_file) return {};
  const std::optional<PaletteForm> form = form_of_file(*options.output);
  if (!form)
    throw Error(ErrorCode::invalid_option, "the extension of " + *options.output +
                                               " names no form of palettes, use .hex, .gpl, .pal, .act, .json, .css, "
                                               ".c, .h, .bin, .png or .vqb, or --to FORM");
  return {*form};
}

}  // namespace

FormChoice form_of(const PaletteOptions& options) {
  FormChoice choice = chosen_form(options);
  if (!options.pixels) return choice;
  if (choice.pixels)
    throw Error(ErrorCode::invalid_option, "--to names the format of colours already, leave out --palette-format");
  if (choice.form != PaletteForm::c && choice.form != PaletteForm::raw)
    throw Error(ErrorCode::invalid_option, "--palette-format is for C arrays and raw bytes, give --to c or --to raw");
  choice.pixels = options.pixels;
  return choice;
}

}  // namespace vqi::tool
