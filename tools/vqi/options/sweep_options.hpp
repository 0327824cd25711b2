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
#include "parse_number.hpp"
#include "picture_options.hpp"

namespace vqi::tool {

struct SweepChoices {
  CommonOptions common;
  EncodeOptions encode;  ///< the options that all rows share
  std::vector<std::uint32_t> k{2, 4, 8, 16, 32, 64, 128, 256};
  std::vector<BlockSize> blocks{BlockSize{}};
  std::vector<Method> methods{EncodeOptions{}.method};
  std::vector<double> lambdas;          ///< of the rows of method ecvq; empty: the image's own
  std::vector<Covariance> covariances;  ///< of the rows of method em; empty: the default
  std::vector<std::uint32_t> efforts{EncodeOptions{}.effort};
  std::vector<Seeding> seedings{EncodeOptions{}.seeding};
  std::vector<Coding> codings{EncodeOptions{}.coding};
  std::optional<std::string> csv;
  PictureOptions pictures;
  InputChoice input;
  bool gap = false;  ///< print the gap statistic instead of rows
  GapChoice gap_choice;
  std::vector<std::string> row_options;  ///< options given that mean nothing to the gap statistic
};

/// Adds every option of the command.
void add_sweep_options(CommandLine& line, SweepChoices& choices);

/// Every combination of the lists, in the order of the table. Block sizes vary slowest, because rows of one block size
/// share the most work, and K fastest.
[[nodiscard]] std::vector<EncodeOptions> rows_of(const SweepChoices& choices);

/// Throws Error{invalid_option} if an option needs --gap, which is missing, or excludes it.
void check_sweep_choices(const SweepChoices& choices);

/// Throws Error{invalid_option} if --covariance or --lambda is given without its method, if standard input is named
/// twice, if two outputs are one file, or if an output is also an input.
void check_sweep_files(const SweepChoices& choices, const std::vector<InputFile>& inputs);

}  // namespace vqi::tool
