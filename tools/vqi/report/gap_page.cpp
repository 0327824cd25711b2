// Draws gaps as SVG inside the page.
#include "gap_page.hpp"

#include <algorithm>
#include <sstream>
#include <string>
#include <string_view>

#include "gap_table.hpp"
#include "plain_text.hpp"
#include "text_report.hpp"
#include "valid_utf8.hpp"

namespace vqi::tool {
namespace {

constexpr std::string_view page_head = R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="vqi">
<title>Gap statistic</title>
<style>
:root { color-scheme: light dark;
  --text: #1b1f24; --faint: #57606a; --line: #d8dde3; --curve: #0072b2; --ground: #f6f7f9; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6e8eb; --faint: #a3aab4; --line: #333942; --curve: #56b4e9; --ground: #0e1013; }
}
body { margin: 0 auto; max-width: 900px; padding: 20px; background: var(--ground); color: var(--text);
  font: 15px/1.45 system-ui, "DejaVu Sans", sans-serif; font-variant-numeric: tabular-nums; }
h2 { font-size: 17px; margin: 28px 0 2px; overflow-wrap: anywhere; }
p { color: var(--faint); margin: 0 0 10px; }
svg { width: 100%; height: auto; }
svg text { fill: var(--faint); font-size: 12px; }
svg .axis { stroke: var(--line); }
svg .curve { stroke: var(--curve); fill: none; stroke-width: 2; }
svg .error { stroke: var(--curve); }
svg .point { fill: var(--curve); }
svg .chosen { fill: none; stroke: var(--text); stroke-width: 2; }
table { border-collapse: collapse; }
th, td { padding: 3px 14px; text-align: right; border-bottom: 1px solid var(--line); }
tr.chosen { font-weight: bold; }
</style>
</head>
<body>
<h1>Gap statistic</h1>
<p>The gap says how much more K clusters explain of the colours than of evenly spread points.
The chosen K is ringed.</p>
)";

/// The chart of one statistic: gap against K, with an error bar at each.
class GapChart {
 public:
  explicit GapChart(const cluster::GapResult& result) : result_(result) {
    for (const cluster::GapRow& row : result.rows) {
      least_ = std::min(least_, row.gap - row.error);
      most_ = std::max(most_, row.gap + row.error);
    }
    if (most_ <= least_) most_ = least_ + 1;
  }

  [[nodiscard]] std::string svg() const {
    std::ostringstream line;
    std::ostringstream marks;
    for (const cluster::GapRow& row : result_.rows) {
      const std::string at_x = number(x(row.k));
      line << (row.k == result_.rows.front().k ? "" : " ") << at_x << "," << number(y(row.gap));
      marks << R"(<line class="error" x1=")" << at_x << R"(" x2=")" << at_x << R"(" y1=")"
            << number(y(row.gap - row.error)) << R"(" y2=")" << number(y(row.gap + row.error)) << "\"/>"
            << circle("point", at_x, row.gap, 3);
      if (row.k == result_.k) marks << circle("chosen", at_x, row.gap, 8);
    }
    return R"(<svg viewBox="0 0 860 320" role="img" aria-label="Gap against K">)" + ("\n" + axes()) +
           R"(<polyline class="curve" points=")" + line.str() + "\"/>\n" + marks.str() + "\n</svg>\n";
  }

 private:
  // In units of the picture, 860 by 320.
  static constexpr double left = 60;
  static constexpr double right = 845;
  static constexpr double top = 12;
  static constexpr double bottom = 285;

  [[nodiscard]] static std::string number(double value) { return fixed(value, 1); }
  [[nodiscard]] double x(std::uint32_t k) const {
    const double last = std::max(2.0, static_cast<double>(result_.rows.back().k));
    return left + (right - left) * (k - 1) / (last - 1);
  }
  [[nodiscard]] double y(double gap) const { return bottom - (bottom - top) * (gap - least_) / (most_ - least_); }

  [[nodiscard]] std::string circle(const char* kind, const std::string& at_x, double gap, int radius) const {
    return R"(<circle class=")" + std::string(kind) + R"(" cx=")" + at_x + R"(" cy=")" + number(y(gap)) + R"(" r=")" +
           std::to_string(radius) + "\"/>";
  }

  [[nodiscard]] std::string axes() const {
    std::ostringstream text;
    constexpr int lines = 4;
    for (int i = 0; i <= lines; ++i) {
      const double gap = least_ + (most_ - least_) * i / lines;
      const std::string at_y = number(y(gap));
      text << R"(<line class="axis" x1=")" << number(left) << R"(" x2=")" << number(right) << R"(" y1=")" << at_y
           << R"(" y2=")" << at_y << R"("/><text x=")" << number(left - 8) << R"(" y=")" << number(y(gap) + 4)
           << R"(" text-anchor="end">)" << fixed(gap, 3) << "</text>\n";
    }
    const std::uint32_t step = std::max(1U, result_.rows.back().k / 16);
    for (std::uint32_t k = 1; k <= result_.rows.back().k; k += step)
      text << R"(<text x=")" << number(x(k)) << R"(" y=")" << number(bottom + 22) << R"(" text-anchor="middle">)" << k
           << "</text>";
    text << "\n";
    return text.str();
  }

  const cluster::GapResult& result_;
  double least_ = 0;
  double most_ = 0;
};

std::string table_of(const cluster::GapResult& result) {
  std::string text = "<table>\n<tr><th>K</th><th>log W</th><th>expected</th><th>gap</th><th>error</th></tr>\n";
  for (const cluster::GapRow& row : result.rows) {
    text += row.k == result.k ? "<tr class=\"chosen\">" : "<tr>";
    text += "<td>" + grouped(row.k) + "</td>";
    for (const double value : {row.log_w, row.expected_log_w, row.gap, row.error})
      text += "<td>" + fixed(value, 5) + "</td>";
    text += "</tr>\n";
  }
  return text + "</table>\n";
}

}  // namespace

std::string gap_page(const std::vector<GapOfImage>& gaps) {
  std::string text(page_head);
  for (const GapOfImage& gap : gaps) {
    text += "<h2>" + markup_text(valid_utf8(input_text(gap.input))) + ", blocks " +
            dimensions_text(gap.block.width_px, gap.block.height_px) + "</h2>\n<p>" +
            markup_text(gap_summary(gap.result, gap.options)) + "</p>\n";
    if (!gap.result.rows.empty()) text += GapChart(gap.result).svg() + table_of(gap.result);
  }
  return text + "</body>\n</html>\n";
}

}  // namespace vqi::tool
