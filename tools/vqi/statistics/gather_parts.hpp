// Reads files of statistics and merges them, each shard once.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "common_options.hpp"
#include "console.hpp"
#include "find_inputs.hpp"
#include "vqi/statistics.hpp"

namespace vqi::tool {

struct MergedParts {
  Statistics statistics{};
  std::size_t repeated = 0;  ///< parts whose shards are all in others
};

/// Merges all parts into `merged`. Returns the exit code; unless it is exit_done, parts are missing, and errors have
/// been printed. Throws Error{invalid_option} if parts have unlike settings or share some of their shards alone.
[[nodiscard]] int gather_parts(const std::vector<InputFile>& inputs, const CommonOptions& common, Console& console,
                               MergedParts& merged);

/// Which parts to merge, by their numbers, so that each shard counts once: of parts that hold each other the largest.
/// The order of the parts does not matter, but for names in messages. Throws as gather_parts does.
[[nodiscard]] std::vector<std::size_t> parts_to_merge(const std::vector<StatisticsInfo>& parts,
                                                      const std::vector<std::string>& names);

/// True if the extension is .vqs.
[[nodiscard]] bool is_part_name(const std::string& name);

}  // namespace vqi::tool
