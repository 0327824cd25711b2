// Declares the options.
#include "colour_choice.hpp"

#include "read_input.hpp"
#include "vqi/error.hpp"

namespace vqi::tool {

std::vector<std::string> ColourChoice::files() const {
  std::vector<std::string> names;
  for (const auto& file : {palette, codebook, weights})
    if (file) names.push_back(*file);
  return names;
}

void add_learning_colours(CommandLine& line, Settings& settings) {
  line.add_repeated_setting("--fix", settings, "COLOUR",
                            "Keep this colour exactly and learn the others around\nit; #rgb, #rrggbb, #rrggbbaa or a "
                            "CSS name. May be\n"
                            "given again; the fixed colours come first");
  line.add_setting_flag("--keep-small", settings,
                        "Keep colours of small regions that would be lost, such\nas a logo or one country of a map; "
                        "takes twice as long");
  line.add_setting("--space", settings, "NAME",
                   "What \"near\" means while learning and assigning: rgb,\ncode values, or oklab, nearer to the eye. "
                   "Default rgb");
}

void add_colour_options(CommandLine& line, ColourChoice& choice, Settings& settings) {
  line.start_group("Given colours");
  line.add_text("--palette", choice.palette, "FILE",
                "Take the colours of a palette file (hexadecimal digits,\n.gpl, .pal, .act, JSON, a palette PNG, .vqi, "
                ".vqb) in\nits order, and learn none");
  line.add_text("--codebook", choice.codebook, "BOOK",
                "The same with a codebook that vqi train wrote, of any\nblock size");
  add_learning_colours(line, settings);
  line.add_text("--weights", choice.weights, "MASK",
                "A grey image of the same size: the brighter a pixel,\nthe more it counts in learning");
}

void add_detach_option(CommandLine& line, Settings& settings) {
  line.add_setting_flag("--detach", settings,
                        "Leave the codebook of --codebook out of the file, which\nthen cannot be read without it");
}

void give_colours(Settings& settings, const ColourChoice& choice) {
  if (choice.palette) settings.give("--palette");
  if (choice.codebook) settings.give("--codebook");
  if (choice.weights) settings.give("--weights");
  for (const auto& file : {choice.palette, choice.codebook, choice.weights})
    if (file == standard_stream)
      throw Error(ErrorCode::invalid_option, "a palette, codebook or mask cannot be standard input, name a file");
}

}  // namespace vqi::tool
