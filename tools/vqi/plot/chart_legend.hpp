// The legend of a chart: what its curves and marks are called, in rows below the panels.
#pragma once

#include <string>
#include <vector>

#include "drawing.hpp"
#include "plot_style.hpp"

namespace vqi::tool {

struct LegendEntry {
  std::string label;
  std::vector<Shape> key;  ///< drawn around the origin, up to legend_key_width / 2 to either side
};

constexpr double legend_key_width = 26;
constexpr double legend_row_height = 18;

/// Entries from left to right: in one row, or where that is too narrow in rows of equal columns.
struct LegendLayout {
  struct Place {
    std::size_t entry = 0;
    PagePoint position;  ///< of the key's left end, relative to the legend's upper left corner
    std::string label;   ///< shortened where a whole row is too narrow
  };
  std::vector<Place> places;
  double height = 0;
};

[[nodiscard]] LegendLayout lay_out_legend(const std::vector<LegendEntry>& entries, double width,
                                          const TextMeasure& measure);

/// Adds the legend with its upper left corner at `corner`.
void draw_legend(const std::vector<LegendEntry>& entries, const LegendLayout& layout, const PagePoint& corner,
                 const Colour& text_colour, Drawing& drawing);

}  // namespace vqi::tool
