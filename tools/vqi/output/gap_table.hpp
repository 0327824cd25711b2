// Formats the gap statistic as a table for people.
#pragma once

#include <string>

#include "vqi/cluster.hpp"

namespace vqi::tool {

/// One line without a newline: the chosen K, the rule, the reference sets and the points.
[[nodiscard]] std::string gap_summary(const cluster::GapResult& result, const cluster::GapOptions& options);

/// A header line, then a line for each K; the chosen K is marked.
[[nodiscard]] std::string gap_rows(const cluster::GapResult& result);

}  // namespace vqi::tool
