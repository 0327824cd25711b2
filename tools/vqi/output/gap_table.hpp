// The gap statistic as a table for people.
#pragma once

#include <string>

#include "vqi/cluster.hpp"

namespace vqi::tool {

/// One line: the K that was chosen, and how.
[[nodiscard]] std::string gap_summary(const cluster::GapResult& result, const cluster::GapOptions& options);

/// A head and a line for each K, the chosen one marked.
[[nodiscard]] std::string gap_rows(const cluster::GapResult& result);

}  // namespace vqi::tool
