// What the scripts of all shells are made from.
#include "completions.hpp"

#include <algorithm>

#include "documented_options.hpp"
#include "manual_sources.hpp"

namespace vqi::tool {

std::vector<CompletedCommand> completed_commands(const std::vector<CommandOutline>& commands) {
  const std::vector<Block> document = parse_markdown(cli_document);
  std::vector<CompletedCommand> all;
  for (const CommandOutline& command : commands) {
    CompletedCommand completed{command.name, command.summary, {}};
    for (const OptionGroup& group : command.groups)
      for (const OptionOutline& option : group.options) {
        std::vector<std::string> values;
        if (!option.value.empty()) values = documented_values(document, command.name, option.name());
        completed.options.push_back({option, std::move(values)});
      }
    all.push_back(std::move(completed));
  }
  return all;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::string short_help(const OptionOutline& option) {
  constexpr std::size_t shortest = 16;  // "Instead of -k" says too little
  constexpr std::size_t longest = 60;
  std::string text = option.help.substr(0, option.help.find(". "));
  if (const std::size_t end = text.find_first_of(";:(", shortest); end != std::string::npos) text.resize(end);
  if (text.size() > longest) text.resize(text.rfind(' ', longest));
  return text.substr(0, text.find_last_not_of(" ,") + 1);
}

}  // namespace vqi::tool
