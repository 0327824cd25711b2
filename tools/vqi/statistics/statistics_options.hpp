// The options of vqi stats and vqi merge.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "common_options.hpp"
#include "file_options.hpp"
#include "find_inputs.hpp"
#include "vqi/settings.hpp"
#include "vqi/statistics.hpp"

namespace vqi::tool {

struct StatsOptions : Settings {
  CommonOptions common{};
  InputChoice input{};
  Shard shard{};
  std::optional<std::string> output{};
};

struct MergeOptions {
  CommonOptions common{};
  InputChoice input{};
  std::optional<std::string> output{};
};

// Each adds every option of the command.
void add_stats_options(CommandLine& line, StatsOptions& options);
void add_merge_options(CommandLine& line, MergeOptions& options);

/// Adds --sample to the current group.
void add_sample_option(CommandLine& line, Settings& settings);

/// Throws Error{invalid_option} unless `output`, that of -o, names a file with the extension or standard output without
/// --json. `what` is what is written ("statistics").
void check_named_output(const std::optional<std::string>& output, const std::string& extension, const std::string& what,
                        bool json);

/// "3/8". Throws Error{invalid_option}.
[[nodiscard]] Shard parse_shard(const std::string& text);

/// The inputs of a shard: the first is input number `shard.number`, and then every `shard.count`-th follows. Throws
/// Error{invalid_option} if there is none.
[[nodiscard]] std::vector<InputFile> inputs_of(const Shard& shard, const std::vector<InputFile>& inputs);

}  // namespace vqi::tool
