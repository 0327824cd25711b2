// The options of the gap statistic, which compress and sweep share: --gap-max-k, --gap-references, --gap-box,
// --gap-rule.
#pragma once

#include <string_view>

#include "command_line.hpp"
#include "vqi/cluster.hpp"

namespace vqi::tool {

// The names come from R's package cluster: rules from maxSE, boxes from the spaces of clusGap.
[[nodiscard]] std::string_view gap_rule_name(cluster::GapRule rule) noexcept;
[[nodiscard]] std::string_view gap_box_name(cluster::GapBox box) noexcept;

struct GapChoice {
  cluster::GapOptions options;
  bool given = false;  ///< at least one option of the gap statistic was given

  GapChoice() { options.starts = 1; }  // enough on images: each K starts from the means of K - 1
};

/// Adds --gap-max-k, --gap-references, --gap-box and --gap-rule to the current group.
void add_gap_options(CommandLine& line, GapChoice& choice);

}  // namespace vqi::tool
