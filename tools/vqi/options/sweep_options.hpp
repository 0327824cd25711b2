// The options of vqi sweep: the lists -k, --block, --method and --coding, --gap and --csv, and all that it shares with
// other commands.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common_options.hpp"
#include "find_inputs.hpp"
#include "gap_options.hpp"
#include "parse_number.hpp"
#include "picture_options.hpp"

namespace vqi::tool {

struct SweepChoices {
  CommonOptions common;
  EncodeOptions encode;  ///< what all rows have in common
  std::vector<std::uint32_t> k{2, 4, 8, 16, 32, 64, 128, 256};
  std::vector<BlockSize> blocks{BlockSize{}};
  std::vector<Method> methods{EncodeOptions{}.method};
  std::optional<Covariance> covariance;  ///< of the rows of method em
  std::vector<Coding> codings{EncodeOptions{}.coding};
  std::optional<std::string> csv;
  PictureOptions pictures;
  bool recursive = false;
  bool gap = false;  ///< the gap statistic in place of rows
  GapChoice gap_choice;
  std::vector<std::string> row_options;  ///< given ones that have no meaning for the gap statistic
};

/// Adds every option of the command.
void add_sweep_options(CommandLine& line, SweepChoices& choices);

/// Throws Error{invalid_option} where options do not fit to --gap, or to its absence.
void check_sweep_choices(const SweepChoices& choices);

/// Throws Error{invalid_option} if a method is missing that an option is for, or if outputs are one file or an input.
void check_sweep_files(const SweepChoices& choices, const std::vector<InputFile>& inputs);

}  // namespace vqi::tool
