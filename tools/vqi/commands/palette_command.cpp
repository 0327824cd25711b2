// vqi palette: the colours of a .vqi file, a palette PNG or a palette file, in another form.
#include <unistd.h>

#include <cstdlib>
#include <optional>
#include <utility>

#include "commands.hpp"
#include "detached_input.hpp"
#include "find_inputs.hpp"
#include "image_input.hpp"
#include "output_names.hpp"
#include "output_target.hpp"
#include "palette_input.hpp"
#include "palette_options.hpp"
#include "palette_report.hpp"
#include "read_input.hpp"
#include "stopwatch.hpp"
#include "vqi/colour_text.hpp"
#include "vqi/error.hpp"

namespace vqi::tool {
namespace {

const CommandHelp help{"palette", "INPUT [-o FILE] [OPTIONS]",
                       "Prints the colours of a .vqi file, of a picture with at most 256 colours, or of a\n"
                       "palette file, or writes them to a file of another form.\n"
                       "\n"
                       "INPUT is a .vqi file of single pixels, a palette PNG or another picture, text of\n"
                       "hexadecimal digits or CSS names, or a .gpl, JASC .pal, .act or JSON file; - is\n"
                       "standard input. The extension of -o chooses the form, or --to FORM.",
                       "Examples:\n"
                       "  vqi palette photo.vqi                       a line for each colour\n"
                       "  vqi palette photo.vqi --sort use            the most used first\n"
                       "  vqi palette photo.vqi -o photo.gpl          for GIMP\n"
                       "  vqi palette photo.vqi -o swatches.png       a picture of the colours\n"
                       "  vqi palette game.pal -o colours.h           a C array\n"
                       "  vqi palette game.pal -o p.bin --palette-format rgb565   bytes",
                       "Prints the colours of a .vqi file, a picture or a palette file, or writes them in\n"
                       "another form.\n"
                       "\n"
                       "Common options:\n"
                       "  -o FILE       Write to FILE: .hex, .gpl, .pal, .act, .json, .css, .c, .png\n"
                       "  --to FORM     Choose the form by name\n"
                       "  --sort ORDER  use, luma, hue or none\n"
                       "  -f, --force   Replace an output that exists\n"
                       "\n"
                       "Examples:\n"
                       "  vqi palette photo.vqi\n"
                       "  vqi palette photo.vqi -o photo.gpl"};

/// Whether standard output is a terminal that may be coloured.
bool wants_colour() {
  const char* const no_colour = std::getenv("NO_COLOR");
  return (no_colour == nullptr || *no_colour == '\0') && ::isatty(STDOUT_FILENO) == 1;
}

/// `text` of a hex palette, with each colour as a block before its line.
std::string with_blocks(const Palette& palette) {
  const Palette shown = at_8_bits(palette);
  std::string text;
  for (std::size_t k = 0; k < palette.colours.size(); ++k) {
    const Rgba& rgba = shown.colours[k].rgba;
    text += "\033[48;2;" + std::to_string(rgba[0]) + ";" + std::to_string(rgba[1]) + ";" + std::to_string(rgba[2]) +
            "m    \033[0m " + text_of_colour(palette.colours[k].rgba, palette.bit_depth) + "\n";
  }
  return text;
}

std::string text_of_bytes(const std::vector<std::byte>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Reads the palette of `name`, sorted. Completes `result`.
Palette read_sorted(const std::string& name, const PaletteOptions& options, const JobContext& context) {
  check_input(name);
  const std::vector<std::byte> file = read_input(name, options.common.max_memory_bytes);
  const MemoryBudget::Share memory = context.reserve_memory(memory_of_image(file));
  const std::optional<Codebook> codebook = codebook_of(options.codebook, options.common);
  if (codebook && !is_stream(file))
    throw Error(ErrorCode::invalid_option, "the file is no .vqi file, leave out --codebook");
  std::vector<std::byte> whole;
  if (is_stream(file)) whole = with_codebook(file, codebook);
  Palette palette =
      read_palette(whole.empty() ? file : whole, options.common.read_options(), options.common.run(context));
  if (options.order == PaletteOrder::use && palette.counts.empty())
    throw Error(ErrorCode::invalid_option,
                "a palette file does not tell how much its colours are used, give a .vqi file or a picture, or sort by "
                "luma or hue");
  sort_palette(palette, options.order);
  return palette;
}

Outcome convert(const std::string& input, const FormChoice& form, const PaletteOptions& options,
                const JobContext& context) {
  Stopwatch watch;
  std::optional<OutputTarget> target;
  const bool prints = !options.output && !options.common.json;
  if (options.output || prints)
    target.emplace(options.output.value_or(standard_stream), OutputRules{options.common.force});
  const Palette palette = read_sorted(input, options, context);
  PaletteResult result{input, options.output, palette};
  result.threads = context.threads();
  result.read_seconds = watch.lap_seconds();
  WrittenPalette written;
  if (target) written = write_palette(palette, form);
  result.warnings = std::move(written.losses);
  Outcome outcome;
  const bool shown = prints && form.form == PaletteForm::hex && wants_colour();
  if (prints && !is_binary(form.form))
    outcome.out = shown ? with_blocks(palette) : text_of_bytes(written.bytes);
  else if (target)
    target->write(written.bytes);
  result.write_seconds = watch.lap_seconds();
  result.total_seconds = watch.total_seconds();
  if (options.common.json) outcome.out = json_line(result);
  outcome.err = warning_lines(input, result.warnings, options.common);
  return outcome;
}

}  // namespace

CommandOutline outline_palette() {
  PaletteOptions options;
  return outline_of(help, [&](CommandLine& line) { add_palette_options(line, options); });
}

int run_palette(const std::vector<std::string>& arguments) {
  PaletteOptions options;
  CommandLine line(help);
  add_palette_options(line, options);
  const std::optional<std::vector<std::string>> named = line.parse(arguments);
  if (!named) return exit_done;
  check_common(options.common, *named);
  if (named->size() != 1)
    throw Error(ErrorCode::invalid_option,
                "palette takes one input, not " + std::to_string(named->size()) + ", give INPUT");
  const FormChoice form = form_of(options);
  if (options.output && *options.output != standard_stream)
    check_not_an_input("-o", *options.output, find_inputs(*named, false, is_stream_name), {});

  Console console(options.common.show_progress());
  return run_batch(*named, options.common.batch(), console, [&](std::size_t, const JobContext& context) {
    return convert(named->front(), form, options, context);
  });
}

}  // namespace vqi::tool
