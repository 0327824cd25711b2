// The options of the gap statistic, which compress and sweep share: --gap-max-k, --gap-references, --gap-box,
// --gap-rule.
#pragma once

#include "command_line.hpp"
#include "vqi/settings.hpp"

namespace vqi::tool {

/// Adds --gap-max-k, --gap-references, --gap-box and --gap-rule to the current group. They set `settings.gap`, of a
/// compress.
void add_gap_options(CommandLine& line, Settings& settings);

}  // namespace vqi::tool
