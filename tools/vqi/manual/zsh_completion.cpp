// The script for zsh: a function of its completion system for each command, by _arguments.
#include "completions.hpp"

namespace vqi::tool {
namespace {

/// Text inside single quotes and brackets of a specification.
std::string quoted(const std::string& text) {
  std::string result;
  for (const char letter : text) {
    if (letter == '\'')
      result += "'\\''";
    else if (letter == '[' || letter == ']' || letter == ':' || letter == '\\')
      result += std::string("\\") + letter;
    else
      result += letter;
  }
  return result;
}

std::string action(const CompletedOption& option) {
  if (option.takes_folder()) return "_files -/";
  if (!option.values.empty())
    return option.takes_list() ? "_values -s , value " + joined(option.values) : "(" + joined(option.values) + ")";
  return option.takes_file() ? "_files" : " ";
}

/// The name with what says where its value may stand: "--psnr=" takes it after "=" too, "-k+" in the same word too.
std::string name_with_value(const std::string& name, const OptionOutline& option) {
  if (option.value.empty()) return name;
  return name + (name.starts_with("--") ? "=" : "+");
}

std::string specification(const CompletedOption& option) {
  const OptionOutline& outline = option.outline;
  std::string excluded;
  std::string names = name_with_value(outline.name(), outline);
  if (outline.names.size() > 1) {
    excluded = "'(" + joined(outline.names) + ")'";
    names.clear();
    for (const std::string& name : outline.names) names += (names.empty() ? "{" : ",") + name_with_value(name, outline);
    names += "}";
  }
  std::string end = "[" + quoted(short_help(outline)) + "]";
  if (!outline.value.empty()) end += ":" + quoted(outline.value) + ":" + action(option);
  const std::string repeated = outline.value == "COLOUR" ? "'*'" : "";
  return "        " + excluded + repeated + names + "'" + end + "' \\\n";
}

std::string command_case(const CompletedCommand& command) {
  std::string text = "      " + command.name + ")\n        _arguments -s \\\n";
  for (const CompletedOption& option : command.options) text += specification(option);
  return text + "        '*:input:_files" + (command.reads_streams() ? " -g \"*.vqi(-.)\"" : "") +
         "' && result=0\n        ;;\n";
}

}  // namespace

std::string zsh_completion(const std::vector<CompletedCommand>& commands, const std::vector<std::string>& topics) {
  std::string script =
      "#compdef vqi\n# Completion of vqi for zsh, written by \"vqi help --completion zsh\".\n_vqi() {\n"
      "  local context state state_descr line result=1\n  typeset -A opt_args\n"
      "  local -a commands=(\n";
  std::string names;
  for (const CompletedCommand& command : commands) {
    script += "    '" + command.name + ":" + quoted(command.summary) + "'\n";
    names += command.name + " ";
  }
  script +=
      "    'help:explain a command or a topic'\n  )\n"
      "  _arguments -C '(- *)'{-h,--help}'[print the help]' '(- *)'{-V,--version}'[print the version]' \\\n"
      "    '1:command:->command' '*::argument:->argument' && result=0\n"
      "  case $state in\n"
      "    command) _describe -t commands command commands && result=0 ;;\n"
      "    argument)\n      case ${line[1]} in\n";
  for (const CompletedCommand& command : commands) script += command_case(command);
  script += "      help)\n        _arguments '1:topic:(" + names + joined(topics) +
            ")' && result=0\n        ;;\n"
            "      esac\n      ;;\n  esac\n  return result\n}\n"
            "if [[ $zsh_eval_context[-1] == loadautofunc ]]; then\n  _vqi \"$@\"\nelse\n  compdef _vqi vqi\nfi\n";
  return script;
}

}  // namespace vqi::tool
