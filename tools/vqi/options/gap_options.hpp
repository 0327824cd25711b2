// The options of the gap statistic, which compress and sweep share.
#pragma once

#include <string_view>

#include "command_line.hpp"
#include "vqi/cluster.hpp"

namespace vqi::tool {

/// Names are those of maxSE in R's package cluster, and of clusGap's spaces.
[[nodiscard]] std::string_view gap_rule_name(cluster::GapRule rule) noexcept;
[[nodiscard]] std::string_view gap_box_name(cluster::GapBox box) noexcept;

struct GapChoice {
  cluster::GapOptions options;
  bool given = false;  ///< one of the options below was

  GapChoice() { options.starts = 1; }  // each K starts from the means of the one before, which is enough on images
};

/// Adds --gap-max-k, --gap-references, --gap-box and --gap-rule to the current group.
void add_gap_options(CommandLine& line, GapChoice& choice);

}  // namespace vqi::tool
