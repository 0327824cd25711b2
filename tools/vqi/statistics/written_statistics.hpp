// Writes gathered statistics and reports them: the end of vqi stats and vqi merge.
#pragma once

#include "common_options.hpp"
#include "console.hpp"
#include "output_target.hpp"
#include "statistics_report.hpp"
#include "stopwatch.hpp"
#include "vqi/statistics.hpp"

namespace vqi::tool {

/// Completes `result`, which has command, inputs and repeated, and returns the exit code.
[[nodiscard]] int write_and_report(const Statistics& statistics, const OutputTarget& target,
                                   const CommonOptions& common, Console& console, Stopwatch& watch,
                                   StatisticsResult result);

}  // namespace vqi::tool
