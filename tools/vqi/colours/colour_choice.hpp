// The options about colours: --palette, --codebook, --detach, --fix, --weights, --keep-small and --space.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "command_line.hpp"
#include "vqi/settings.hpp"

namespace vqi::tool {

/// The files that the options name; what needs no file goes into Settings.
struct ColourChoice {
  std::optional<std::string> palette;
  std::optional<std::string> codebook;
  std::optional<std::string> weights;

  [[nodiscard]] bool gives_codewords() const noexcept { return palette || codebook; }
  /// The files, which no output may replace.
  [[nodiscard]] std::vector<std::string> files() const;
};

/// Adds --fix, --keep-small and --space to the current group: for all commands that learn codewords.
void add_learning_colours(CommandLine& line, Settings& settings);

/// Adds --palette, --codebook, those above and --weights under a heading of their own: for all commands that write
/// pictures.
void add_colour_options(CommandLine& line, ColourChoice& choice, Settings& settings);

/// Adds --detach to the current group.
void add_detach_option(CommandLine& line, Settings& settings);

/// Notes in `settings` which files were given. Throws Error{invalid_option} if one is standard input.
void give_colours(Settings& settings, const ColourChoice& choice);

}  // namespace vqi::tool
