// The options of vqi sweep: the lists -k, --block, --method, --lambda, --covariance, --effort, --seeding and --coding,
// --gap and --csv, and the options that it shares with other commands.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common_options.hpp"
#include "find_inputs.hpp"
#include "gap_options.hpp"
#include "picture_options.hpp"
#include "vqi/settings.hpp"

namespace vqi::tool {

struct SweepChoices : Settings {
  CommonOptions common{};
  std::optional<std::string> csv{};
  PictureOptions pictures{};
  InputChoice input{};
  bool wants_gap = false;                         ///< print the gap statistic instead of rows
  Settings of_gap{.command = Command::compress};  ///< the options of the gap statistic
};

/// Adds every option of the command.
void add_sweep_options(CommandLine& line, SweepChoices& choices);

/// Throws Error{invalid_option} if an option needs --gap, which is missing, or excludes it.
void check_sweep_choices(const SweepChoices& choices);

/// Throws Error{invalid_option} if --covariance or --lambda is given without its method, if standard input is named
/// twice, if two outputs are one file, or if an output is also an input.
void check_sweep_files(const SweepChoices& choices, const std::vector<InputFile>& inputs);

}  // namespace vqi::tool
