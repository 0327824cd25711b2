// Finds an option by its name and calls its setter.
#include "vqi/settings.hpp"

#include <array>
#include <optional>

#include "option_table.hpp"
#include "vqi/error.hpp"

namespace vqi {
namespace {

using detail::OptionEntry;

constexpr std::array commands{Command::compress, Command::decompress, Command::quantize, Command::train,
                              Command::sweep,    Command::info,       Command::compare};

/// The name without dashes before it, with - in it: "max-bytes" of "max_bytes" and "--max-bytes".
std::string bare_name(std::string_view name) {
  std::string bare(name.substr(std::min(name.find_first_not_of('-'), name.size())));
  std::replace(bare.begin(), bare.end(), '_', '-');
  return bare;
}

/// Calls visit(entry) for each option of the command until one call returns true; false if none does.
template <typename Visit>
bool find_entry(Command command, const Visit& visit) {
  for (const auto table : {detail::encoding_table(), detail::quantize_table(), detail::sweep_table()})
    for (const OptionEntry& entry : table)
      if ((entry.commands & detail::bit_of(command)) != 0 && visit(entry)) return true;
  return false;
}

const OptionEntry* entry_of(Command command, const std::string& bare) {
  const OptionEntry* found = nullptr;
  static_cast<void>(find_entry(command, [&](const OptionEntry& entry) {
    if (bare_name(entry.name) != bare) return false;
    found = &entry;
    return true;
  }));
  return found;
}

Error unknown_option(Command command, std::string_view name, const std::string& bare) {
  std::vector<std::string> bare_names;
  for (const std::string& known : option_names(command)) bare_names.push_back(bare_name(known));
  std::string text = "\"" + std::string(name) + "\" is not an option of " + std::string(command_name(command));
  if (const std::optional<std::string> meant = similar_name(bare, bare_names))
    return Error(ErrorCode::invalid_option, text + ", did you mean \"" + *meant + "\"?");
  text += ", give one of ";
  for (const std::string& known : bare_names) text += (&known == &bare_names.front() ? "" : ", ") + known;
  return Error(ErrorCode::invalid_option, text);
}

/// "true" or "false".
std::string flag_value(const OptionEntry& entry, std::string_view value) {
  if (value.empty() || value == "true" || value == "1") return "true";
  if (value == "false" || value == "0") return "false";
  throw Error(ErrorCode::invalid_option,
              std::string(entry.name) + " \"" + std::string(value) + "\" is not a flag's value, give true or false");
}

}  // namespace

std::string_view command_name(Command command) noexcept {
  switch (command) {
    case Command::compress:
      return "compress";
    case Command::decompress:
      return "decompress";
    case Command::quantize:
      return "quantize";
    case Command::train:
      return "train";
    case Command::sweep:
      return "sweep";
    case Command::info:
      return "info";
    case Command::compare:
      return "compare";
  }
  return "unknown";
}

Command parse_command(std::string_view name) {
  for (const Command command : commands)
    if (command_name(command) == name) return command;
  throw Error(ErrorCode::invalid_option, "\"" + std::string(name) +
                                             "\" is no command with options, give compress, decompress, quantize, "
                                             "train, sweep, info or compare");
}

void set_option(Settings& settings, std::string_view name, std::string_view value) {
  const std::string bare = bare_name(name);
  const OptionEntry* entry = entry_of(settings.command, bare);
  if (entry == nullptr) throw unknown_option(settings.command, name, bare);
  const std::string text = entry->flag ? flag_value(*entry, value) : std::string(value);
  entry->set(settings, text);
  if (entry->flag && text == "false")
    std::erase(settings.given, entry->name);
  else
    settings.give(std::string(entry->name));
}

std::vector<std::string> option_names(Command command) {
  std::vector<std::string> names;
  static_cast<void>(find_entry(command, [&](const OptionEntry& entry) {
    names.emplace_back(entry.name);
    return false;
  }));
  return names;
}

bool is_flag(Command command, std::string_view name) {
  const OptionEntry* entry = entry_of(command, bare_name(name));
  return entry != nullptr && entry->flag;
}

}  // namespace vqi
