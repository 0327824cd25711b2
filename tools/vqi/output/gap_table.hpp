// Formats the gap statistic as a table for people.
#pragma once

#include <string>
#include <vector>

#include "vqi/cluster.hpp"

namespace vqi::tool {

/// One line without a newline: the chosen K, the rule, the reference sets and the points.
[[nodiscard]] std::string gap_summary(const cluster::GapResult& result, const cluster::GapOptions& options);

/// What people should know of the result beside it.
[[nodiscard]] std::vector<std::string> gap_warnings(const cluster::GapResult& result);

/// A header line, then a line for each K; the chosen K is marked. Empty where all points are equal.
[[nodiscard]] std::string gap_rows(const cluster::GapResult& result);

}  // namespace vqi::tool
