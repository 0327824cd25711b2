// Declares the options, and says which exclude each other.
#include "colour_choice.hpp"

#include <algorithm>
#include <utility>

#include "colour_text.hpp"
#include "read_input.hpp"
#include "vqi/error.hpp"

namespace vqi::tool {
namespace {

[[noreturn]] void refuse(const std::string& why) { throw Error(ErrorCode::invalid_option, why); }

Space parse_space(const std::string& text) {
  if (text == "rgb") return Space::rgb;
  if (text == "oklab") return Space::oklab;
  refuse("--space \"" + text + "\" is unknown, give rgb or oklab");
}

Colour fixed_colour(const std::string& text) {
  const Rgba rgba = parse_colour("--fix", text);
  Colour colour{};
  std::transform(rgba.begin(), rgba.end(), colour.begin(),
                 [](std::uint16_t sample) { return static_cast<std::uint8_t>(sample); });
  return colour;
}

/// The option that excludes given codewords, "" if there is none.
std::string excluded_by_codewords(const EncodeOptions& options, const OtherChoices& others, bool weights) {
  for (const auto& [name, is_given] : {std::pair{"-k", others.k},
                                       {"a target for K", others.target},
                                       {"--lossless", options.lossless},
                                       {"--method", options.method != Method::kmeans},
                                       {"--seeding", options.seeding != Seeding::automatic},
                                       {"--max-iterations", options.max_iterations.has_value()},
                                       {"--fix", !options.fixed.empty()},
                                       {"--weights", weights},
                                       {"--keep-small", options.keep_small}})
    if (is_given) return name;
  return {};
}

/// The option that excludes `name`, which changes learning, "" if there is none.
std::string excluded_by_learning(const EncodeOptions& options, const OtherChoices& others, bool kmeans_alone,
                                 bool single_pixels) {
  if (options.lossless) return "--lossless";
  if (options.method != Method::kmeans && (kmeans_alone || options.method == Method::ecvq)) return "--method";
  if (single_pixels && (options.block_width_px != 1 || options.block_height_px != 1) && others.block) return "--block";
  return {};
}

void refuse_pair(const std::string& name, const std::string& other) {
  if (!other.empty()) refuse(name + " does not go with " + other + ", leave one of them out");
}

}  // namespace

std::vector<std::string> ColourChoice::files() const {
  std::vector<std::string> names;
  for (const auto& file : {palette, codebook, weights})
    if (file) names.push_back(*file);
  return names;
}

void add_learning_colours(CommandLine& line, EncodeOptions& options) {
  line.add_repeated(
      "--fix", [&options](const std::string& text) { options.fixed.push_back(fixed_colour(text)); }, "COLOUR",
      "Keep this colour exactly and learn the others around\nit; #rgb, #rrggbb, #rrggbbaa or a CSS name. May be\n"
      "given again; the fixed colours come first");
  line.add_flag(
      "--keep-small", options.keep_small,
      "Keep colours of small regions that would be lost, such\nas a logo or one country of a map; takes twice as long");
  line.add_value(
      "--space", [&options](const std::string& text) { options.space = parse_space(text); }, "NAME",
      "What \"near\" means while learning and assigning: rgb,\ncode values, or oklab, nearer to the eye. Default rgb");
}

void add_colour_options(CommandLine& line, ColourChoice& choice, EncodeOptions& options) {
  line.start_group("Given colours");
  line.add_text("--palette", choice.palette, "FILE",
                "Take the colours of a palette file (hexadecimal digits,\n.gpl, .pal, .act, JSON, a palette PNG, .vqi, "
                ".vqb) in\nits order, and learn none");
  line.add_text("--codebook", choice.codebook, "BOOK",
                "The same with a codebook that vqi train wrote, of any\nblock size");
  add_learning_colours(line, options);
  line.add_text("--weights", choice.weights, "MASK",
                "A grey image of the same size: the brighter a pixel,\nthe more it counts in learning");
}

void add_detach_option(CommandLine& line, EncodeOptions& options) {
  line.add_flag("--detach", options.detach,
                "Leave the codebook of --codebook out of the file, which\nthen cannot be read without it");
}

void check_colour_choice(const ColourChoice& choice, const EncodeOptions& options, const OtherChoices& others) {
  if (choice.palette && choice.codebook) refuse_pair("--palette", "--codebook");
  if (options.detach && !choice.codebook) refuse("--detach is of no use without --codebook, give both or none");
  for (const auto& file : {choice.palette, choice.codebook, choice.weights})
    if (file == standard_stream) refuse("a palette, codebook or mask cannot be standard input, name a file");
  if (choice.gives_codewords()) {
    const std::string name = choice.palette ? "--palette" : "--codebook";
    refuse_pair(name, excluded_by_codewords(options, others, choice.weights.has_value()));
    if (choice.palette && others.block && (options.block_width_px != 1 || options.block_height_px != 1))
      refuse_pair(name, "--block");
  }
  if (!options.fixed.empty() && !others.fixes_with_all) {
    if (others.target) refuse_pair("--fix", "a target for K");
    refuse_pair("--fix", excluded_by_learning(options, others, true, true));
  }
  if (options.keep_small) refuse_pair("--keep-small", excluded_by_learning(options, others, true, true));
  if (choice.weights) refuse_pair("--weights", excluded_by_learning(options, others, false, false));
  if (options.space == Space::oklab && options.method != Method::kmeans) refuse_pair("--space oklab", "--method");
}

}  // namespace vqi::tool
