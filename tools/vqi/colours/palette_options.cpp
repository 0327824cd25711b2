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

PaletteForm parse_form(const std::string& text) {
  const std::optional<PaletteForm> form = form_from_name(text);
  if (!form)
    throw Error(ErrorCode::invalid_option, "--to \"" + text + "\" is no form of palettes, give " + form_names());
  return *form;
}

}  // namespace

void add_palette_options(CommandLine& line, PaletteOptions& options) {
  line.start_group("Colours");
  line.add_value(
      "--to", [&options](const std::string& text) { options.form = parse_form(text); }, "FORM",
      "hex, gpl (GIMP), pal (JASC), act (Adobe), json, css, c,\nc565 (a C array of RGB565), rgb888, rgba8888, rgb565\n"
      "(raw bytes), png (swatches), pixels (a palette PNG) or\nvqb (a codebook). Default: by the extension of "
      "-o;\nwithout -o hex");
  line.add_value(
      "--sort", [&options](const std::string& text) { options.order = parse_order(text); }, "ORDER",
      "use (most used first), luma (dark to light), hue, or\nnone, the default, which keeps the order");
  line.start_group("Files");
  line.add_text("-o,--output", options.output, "FILE", "Write to FILE; - is standard output, the default");
  line.add_text("--codebook", options.codebook, "BOOK", "The codebook of a file that was compressed with --detach");
  add_reading_options(line, options.common.reading);
  add_common_options(line, options.common);
}

PaletteForm form_of(const PaletteOptions& options) {
  const bool to_file = options.output && *options.output != standard_stream;
  if (options.output && options.output->empty())
    throw Error(ErrorCode::invalid_option, "-o has an empty name, give a file");
  if (options.common.json && options.output == standard_stream)
    throw Error(ErrorCode::invalid_option, "--json and the output cannot share standard output, use -o FILE");
  if (options.form) return *options.form;
  if (!to_file) return PaletteForm::hex;
  const std::optional<PaletteForm> form = form_of_file(*options.output);
  if (!form)
    throw Error(ErrorCode::invalid_option, "the extension of " + *options.output +
                                               " names no form of palettes, use .hex, .gpl, .pal, .act, .json, .css, "
                                               ".c, .png or .vqb, or --to FORM");
  return *form;
}

}  // namespace vqi::tool
