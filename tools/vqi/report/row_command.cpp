// Writes options that differ from their defaults as a command line.
#include "row_command.hpp"

#include <filesystem>

#include "plain_text.hpp"
#include "read_input.hpp"
#include "shell_quote.hpp"
#include "vqi/colour_text.hpp"
#include "vqi/names.hpp"

namespace vqi::tool {

std::string row_command(const EncodeOptions& options, const std::string& input) {
  const EncodeOptions defaults;
  std::string stem = input == standard_stream ? "image" : std::filesystem::path(input).stem().string();
  stem += "_k" + std::to_string(k_of(options));
  std::string text = "vqi compress -k " + std::to_string(k_of(options));
  const auto add = [&text](const std::string& name, std::string_view value) {
    text += " " + name + " " + shell_quoted(value);
  };
  if (options.block_width_px != 1 || options.block_height_px != 1) {
    const std::string block = dimensions_text(options.block_width_px, options.block_height_px);
    add("--block", block);
    stem += "_" + block;
  }
  if (options.method != defaults.method) {
    add("--method", method_name(options.method));
    stem += "_" + std::string(method_name(options.method));
  }
  if (options.lambda) add("--lambda", shortest(*options.lambda));
  if (options.covariance) {
    add("--covariance", covariance_name(*options.covariance));
    stem += "_" + std::string(covariance_name(*options.covariance));
  }
  if (options.dither != defaults.dither) {
    add("--dither", dither_name(options.dither));
    stem += "_" + std::string(dither_name(options.dither));
  }
  if (options.dither_strength) add("--dither-strength", shortest(*options.dither_strength));
  if (options.coding != defaults.coding) {
    add("--coding", coding_name(options.coding));
    stem += "_" + std::string(coding_name(options.coding));
  }
  if (options.restore) text += *options.restore ? " --restore" : " --no-restore";
  if (options.model) add("--model", model_name(*options.model));
  if (options.seeding != defaults.seeding) add("--seeding", seeding_name(options.seeding));
  if (options.effort != defaults.effort) add("--effort", std::to_string(options.effort));
  if (options.max_iterations) add("--max-iterations", std::to_string(*options.max_iterations));
  if (options.seed != defaults.seed) add("--seed", std::to_string(options.seed));
  for (const Colour& colour : options.fixed)
    add("--fix", text_of_colour({colour[0], colour[1], colour[2], colour[3]}, 8));
  if (options.keep_small) text += " --keep-small";
  if (options.space != defaults.space) add("--space", space_name(options.space));
  text += " -o " + shell_quoted(stem.starts_with('-') ? "./" + stem + ".vqi" : stem + ".vqi");
  const bool looks_like_an_option = input.starts_with('-') && input != standard_stream;
  return text + (looks_like_an_option ? " -- " : " ") + shell_quoted(input);
}

}  // namespace vqi::tool
