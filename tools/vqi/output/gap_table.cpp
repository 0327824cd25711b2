// Formats gaps in columns of equal width.
#include "gap_table.hpp"

#include <algorithm>

#include "plain_text.hpp"
#include "vqi/names.hpp"

namespace vqi::tool {
namespace {

/// The K that the rule globalSEmax takes if its gap is clearly above that of one cluster, by over three times both
/// errors; else 1.
std::uint32_t later_peak(const cluster::GapResult& found) {
  const std::uint32_t k = cluster::choose_by_gap(found.rows, cluster::GapRule::global_se_max);
  const cluster::GapRow& one = found.rows.front();
  const auto peak = std::find_if(found.rows.begin(), found.rows.end(), [&](const auto& row) { return row.k == k; });
  return peak->gap - one.gap > 3 * (peak->error + one.error) ? k : 1;
}

}  // namespace

std::string gap_summary(const cluster::GapResult& result, const cluster::GapOptions& options) {
  const std::string last = result.rows.empty() ? "1" : grouped(result.rows.back().k);
  return "K = " + grouped(result.k) + " of 1 to " + last + " by " + std::string(gap_rule_name(options.rule)) + ", " +
         grouped(options.references) + (options.references == 1 ? " reference set" : " reference sets") + " in the " +
         std::string(gap_box_name(options.box)) + " box, " + grouped(result.points) +
         (result.points == 1 ? " point" : " points");
}

std::vector<std::string> gap_warnings(const cluster::GapResult& result) {
  if (result.k != 1 || result.rows.empty()) return {};
  const std::uint32_t best = later_peak(result);
  if (best > 1)
    return {"the gap falls at first, where the rule stops, but is larger at K = " + grouped(best) +
            ", which --gap-rule globalSEmax takes"};
  return {"the gap statistic finds no clusters, as the points spread as evenly as random ones would"};
}

std::string gap_rows(const cluster::GapResult& result) {
  if (result.rows.empty()) return {};
  constexpr std::size_t width = 12;
  std::string text = right_aligned("K", 7);
  for (const char* const head : {"log W", "expected", "gap", "error"}) text += right_aligned(head, width);
  text += "\n";
  for (const cluster::GapRow& row : result.rows) {
    text += right_aligned(grouped(row.k), 7);
    for (const double value : {row.log_w, row.expected_log_w, row.gap, row.error})
      text += right_aligned(fixed(value, 5), width);
    text += row.k == result.k ? "  chosen\n" : "\n";
  }
  return text;
}

}  // namespace vqi::tool
