// The script for bash. It needs nothing of the package bash-completion, which loads it by its name.
#include "completions.hpp"

namespace vqi::tool {
namespace {

// Before the case of all commands. Bash cuts words at "=", so that --method=em comes as three words.
constexpr const char* script_begin = R"(# Completion of vqi for bash, written by "vqi help --completion bash".
_vqi_files() {
  compopt -o filenames 2>/dev/null
  mapfile -t COMPREPLY < <(compgen "$@" -- "$cur")
}
_vqi_words() {
  mapfile -t COMPREPLY < <(compgen -W "$1" -- "$cur")
}
# Values of a list: those before the last comma stay.
_vqi_list() {
  local before=
  [[ $cur == *,* ]] && before=${cur%,*},
  mapfile -t COMPREPLY < <(compgen -P "$before" -W "$1" -- "${cur##*,}")
}
_vqi() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]} options
  COMPREPLY=()
  if [[ $cur == = ]]; then
    cur=
  elif [[ $prev == = ]]; then
    prev=${COMP_WORDS[COMP_CWORD - 2]}
  fi
)";

constexpr const char* script_end = R"(    *) return ;;
  esac
  if [[ $cur == -* ]]; then
    _vqi_words "$options"
  else
    case $command in
      @STREAMS@)
        _vqi_files -f -X '!*.vqi'
        local -a files=("${COMPREPLY[@]}")
        _vqi_files -d
        COMPREPLY=("${files[@]}" "${COMPREPLY[@]}")
        ;;
      *) _vqi_files -f ;;
    esac
  fi
}
complete -F _vqi vqi
)";

std::string pattern(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : "|") + name;
  return text;
}

/// What completes the value of an option.
std::string action(const CompletedOption& option) {
  if (option.takes_folder()) return "_vqi_files -d";
  if (!option.values.empty()) {
    const std::string words = "'" + joined(option.values) + "'";
    return (option.takes_list() ? "_vqi_list " : "_vqi_words ") + words;
  }
  return option.takes_file() ? "_vqi_files -f" : ":";
}

std::string command_case(const CompletedCommand& command) {
  std::string names;
  std::string cases;
  for (const CompletedOption& option : command.options) {
    names += (names.empty() ? "" : " ") + joined(option.outline.names);
    if (!option.outline.value.empty())
      cases += "        " + pattern(option.outline.names) + ") " + action(option) + "; return ;;\n";
  }
  return "    " + command.name + ")\n      options='" + names + "'\n      case $prev in\n" + cases +
         "      esac\n      ;;\n";
}

}  // namespace

std::string bash_completion(const std::vector<CompletedCommand>& commands, const std::vector<std::string>& topics) {
  std::string names;
  std::string streams;
  for (const CompletedCommand& command : commands) {
    names += command.name + " ";
    if (command.reads_streams()) streams += (streams.empty() ? "" : "|") + command.name;
  }
  std::string script = script_begin;
  script += "  if ((COMP_CWORD == 1)); then\n    _vqi_words '" + names + "help --help --version'\n    return\n  fi\n";
  script += "  case $command in\n";
  script += "    help) ((COMP_CWORD == 2)) && _vqi_words '" + names + joined(topics) + "'; return ;;\n";
  for (const CompletedCommand& command : commands) script += command_case(command);
  std::string end = script_end;
  constexpr std::string_view place = "@STREAMS@";
  end.replace(end.find(place), place.size(), streams);
  return script + end;
}

}  // namespace vqi::tool
