// The table of options: which commands have one, and what its text sets.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "vqi/settings.hpp"

namespace vqi::detail {

/// A set of commands, a bit for each.
using Commands = std::uint32_t;

[[nodiscard]] constexpr Commands bit_of(Command command) noexcept { return Commands{1} << static_cast<int>(command); }

struct OptionEntry {
  std::string_view name;  ///< as the command line has it: "-k", "--psnr"
  Commands commands = 0;
  bool flag = false;
  /// Sets the option; `text` of a flag is "true" or "false". Throws Error{invalid_option}.
  void (*set)(Settings& settings, const std::string& text) = nullptr;
};

// Each table is for one subject. A name may occur several times, for different commands.
[[nodiscard]] std::span<const OptionEntry> encoding_table();
[[nodiscard]] std::span<const OptionEntry> quantize_table();
[[nodiscard]] std::span<const OptionEntry> sweep_table();

}  // namespace vqi::detail
