// The options about colours: --palette, --codebook, --detach, --fix, --weights, --keep-small and --space.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "command_line.hpp"
#include "vqi/options.hpp"

namespace vqi::tool {

/// The files that the options name; what needs no file goes into EncodeOptions.
struct ColourChoice {
  std::optional<std::string> palette;
  std::optional<std::string> codebook;
  std::optional<std::string> weights;

  [[nodiscard]] bool gives_codewords() const noexcept { return palette || codebook; }
  /// The files, which no output may replace.
  [[nodiscard]] std::vector<std::string> files() const;
};

/// Adds --fix, --keep-small and --space to the current group: for all commands that learn codewords.
void add_learning_colours(CommandLine& line, EncodeOptions& options);

/// Adds --palette, --codebook, those above and --weights under a heading of their own: for all commands that write
/// pictures.
void add_colour_options(CommandLine& line, ColourChoice& choice, EncodeOptions& options);

/// Adds --detach to the current group.
void add_detach_option(CommandLine& line, EncodeOptions& options);

/// What of a command line chooses K, or says how to learn, for check_colour_choice.
struct OtherChoices {
  bool k = false;
  bool target = false;  ///< --psnr and its like, or --auto-k
  bool block = false;
  bool fixes_with_all = false;  ///< --fix goes with targets and every method
};

/// Throws Error{invalid_option}, in the words of the command line, if an option cannot apply beside the others.
void check_colour_choice(const ColourChoice& choice, const EncodeOptions& options, const OtherChoices& others);

}  // namespace vqi::tool
