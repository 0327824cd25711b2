// The options of vqi train: -k, --block and -o, those on learning, and those that it shares with other commands.
#pragma once

#include <optional>
#include <string>

#include "common_options.hpp"
#include "file_options.hpp"
#include "vqi/settings.hpp"

namespace vqi::tool {

struct TrainOptions : Settings {
  CommonOptions common{};
  InputChoice input{};
  std::optional<std::string> output{};
};

/// Adds every option of the command.
void add_train_options(CommandLine& line, TrainOptions& options);

/// Throws Error{invalid_option} unless -o names a .vqb file or standard output, and if options exclude each other.
void check_train_options(const TrainOptions& options);

}  // namespace vqi::tool
