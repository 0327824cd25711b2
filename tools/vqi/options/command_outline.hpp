// CommandOutline: what a command's --help says, in parts, for what is made of it: man pages and completions.
#pragma once

#include <string>
#include <vector>

namespace vqi::tool {

/// An option as --help lists it.
struct OptionOutline {
  std::vector<std::string> names;  ///< "-o", "--output"; the last one names the option
  std::string value;               ///< the placeholder of its value, "FILE"; empty for a flag
  std::string help;                ///< without line breaks

  /// The name in messages and documents: "--output", "-k".
  [[nodiscard]] const std::string& name() const { return names.back(); }
};

/// The options under one heading.
struct OptionGroup {
  std::string heading;
  std::vector<OptionOutline> options;
};

/// A command and its options, in the order of --help.
struct CommandOutline {
  std::string name;         ///< "compress"
  std::string summary;      ///< what it does, in a few words; of the list of commands
  std::string usage;        ///< the text after "vqi compress"
  std::string description;  ///< with the line breaks of --help
  std::string examples;     ///< "Examples:" and a line for each
  std::vector<OptionGroup> groups;
};

}  // namespace vqi::tool
