// Scripts by which shells complete commands, options and their values.
#pragma once

#include <string>
#include <vector>

#include "command_outline.hpp"

namespace vqi::tool {

/// What a shell is told of one option.
struct CompletedOption {
  OptionOutline outline;
  std::vector<std::string> values;  ///< all it takes, if they can be told one by one

  [[nodiscard]] bool takes_folder() const { return outline.value == "DIR"; }
  [[nodiscard]] bool takes_file() const {
    return outline.value == "FILE" || outline.value == "BOOK" || outline.value == "MASK";
  }
  [[nodiscard]] bool takes_list() const { return outline.value == "LIST"; }
};

/// What a shell is told of one command.
struct CompletedCommand {
  std::string name;
  std::string summary;
  std::vector<CompletedOption> options;

  /// Whether its inputs are .vqi files alone.
  [[nodiscard]] bool reads_streams() const { return name == "decompress" || name == "info"; }
};

/// Commands with their options from --help, and the options' values from CLI.md.
[[nodiscard]] std::vector<CompletedCommand> completed_commands(const std::vector<CommandOutline>& commands);

/// The words between spaces.
[[nodiscard]] std::string joined(const std::vector<std::string>& words);

/// The first clause of an option's help, for lists of options.
[[nodiscard]] std::string short_help(const OptionOutline& option);

[[nodiscard]] std::string bash_completion(const std::vector<CompletedCommand>& commands,
                                          const std::vector<std::string>& topics);
[[nodiscard]] std::string zsh_completion(const std::vector<CompletedCommand>& commands,
                                         const std::vector<std::string>& topics);
[[nodiscard]] std::string fish_completion(const std::vector<CompletedCommand>& commands,
                                          const std::vector<std::string>& topics);

}  // namespace vqi::tool
