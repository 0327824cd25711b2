// The script for fish: one line for each option of each command.
#include "completions.hpp"

namespace vqi::tool {
namespace {

std::string quoted(const std::string& text) {
  std::string result = "'";
  for (const char letter : text) {
    if (letter == '\'' || letter == '\\') result += '\\';
    result += letter;
  }
  return result + "'";
}

/// "-s o -l output".
std::string switches(const OptionOutline& option) {
  std::string text;
  for (const std::string& name : option.names)
    text += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
  return text;
}

std::string action(const CompletedOption& option) {
  if (option.outline.value.empty()) return "";
  if (option.takes_folder()) return " -x -a '(__fish_complete_directories)'";
  if (!option.values.empty()) {
    if (!option.takes_list()) return " -x -a " + quoted(joined(option.values));
    std::string list;
    for (const std::string& value : option.values) list += (list.empty() ? "" : ",") + value;
    return " -x -a '(__fish_complete_list , \"string split , " + list + "\")'";
  }
  return option.takes_file() ? " -r -F" : " -x";
}

}  // namespace

std::string fish_completion(const std::vector<CompletedCommand>& commands, const std::vector<std::string>& topics) {
  std::string script = "# Completion of vqi for fish, written by \"vqi help --completion fish\".\n";
  std::string names;
  for (const CompletedCommand& command : commands) {
    names += command.name + " ";
    script +=
        "complete -c vqi -f -n __fish_use_subcommand -a " + command.name + " -d " + quoted(command.summary) + "\n";
  }
  script += "complete -c vqi -f -n __fish_use_subcommand -a help -d 'explain a command or a topic'\n";
  script += "complete -c vqi -f -n __fish_use_subcommand -s h -l help -d 'Print the help'\n";
  script += "complete -c vqi -f -n __fish_use_subcommand -s V -l version -d 'Print the version'\n";
  script += "complete -c vqi -f -n '__fish_seen_subcommand_from help' -a " + quoted(names + joined(topics)) + "\n";
  for (const CompletedCommand& command : commands)
    for (const CompletedOption& option : command.options)
      script += "complete -c vqi -n '__fish_seen_subcommand_from " + command.name + "'" + switches(option.outline) +
                action(option) + " -d " + quoted(short_help(option.outline)) + "\n";
  return script;
}

}  // namespace vqi::tool
