// The commands by their names.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "command_outline.hpp"

namespace vqi::tool {

struct NamedCommand {
  const char* name;
  const char* summary;
  int (*run)(const std::vector<std::string>& arguments);
  CommandOutline (*outline)();  ///< without the summary
};

/// All commands, in the order of "vqi --help".
[[nodiscard]] std::span<const NamedCommand> commands() noexcept;

/// The command of that name, or null.
[[nodiscard]] const NamedCommand* find_command(const std::string& name) noexcept;

/// What --help says of each command.
[[nodiscard]] std::vector<CommandOutline> command_outlines();

/// Throws Error{invalid_option}: no command has that name, and neither has any of `others`. The message says what may
/// be meant.
[[noreturn]] void refuse_command(const std::string& name, std::vector<std::string> others);

}  // namespace vqi::tool
