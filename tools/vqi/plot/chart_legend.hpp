// The legend of a chart: a key and a label for each curve and each kind of mark.
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

constexpr double legend_key_width = 26;   // points
constexpr double legend_row_height = 18;  // points

/// Positions of the entries from left to right: in one row if the width allows, else in rows of equal columns.
struct LegendLayout {
  struct Place {
    std::size_t entry = 0;
    PagePoint position;  ///< upper left corner of the entry, from the legend's upper left corner
    std::string label;   ///< shortened if it is wider than a whole row
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
