// Arranges entries in rows, and shortens labels that are too wide.
#include "chart_legend.hpp"

#include <algorithm>

#include "chart_panel.hpp"
#include "valid_utf8.hpp"

namespace vqi::tool {
namespace {

constexpr double key_spacing = 6;     // points between a key and its label
constexpr double entry_spacing = 20;  // points between an entry and the next one

/// `label`, or "FIRST…LAST" with as many of its first and last characters as fit in `width` points.
std::string shortened(const std::string& label, double width, const TextMeasure& measure) {
  if (measure(label, text_size, false) <= width) return label;
  for (std::size_t kept = character_count(label) - 1; kept > 1; --kept) {
    const std::string_view head = first_characters(label, (kept + 1) / 2);
    const std::string_view tail =
        std::string_view(label).substr(first_characters(label, character_count(label) - kept / 2).size());
    std::string text = std::string(head) + "…" + std::string(tail);
    if (measure(text, text_size, false) <= width) return text;
  }
  return "…";
}

Shape moved(Shape shape, const PagePoint& by) {
  const auto move = [&by](PagePoint& point) {
    point.x += by.x;
    point.y += by.y;
  };
  if (auto* path = std::get_if<Path>(&shape)) {
    for (PagePoint& point : path->points) move(point);
  } else if (auto* disc = std::get_if<Disc>(&shape)) {
    move(disc->centre);
  } else {
    move(std::get<Text>(shape).position);
  }
  return shape;
}

}  // namespace

LegendLayout lay_out_legend(const std::vector<LegendEntry>& entries, double width, const TextMeasure& measure) {
  LegendLayout layout;
  double row_width = -entry_spacing;
  double widest = 0;
  std::vector<double> entry_widths;
  for (const LegendEntry& entry : entries) {
    const std::string label = shortened(entry.label, width - legend_key_width - key_spacing, measure);
    const double entry_width = legend_key_width + key_spacing + measure(label, text_size, false);
    row_width += entry_spacing + entry_width;
    widest = std::max(widest, entry_width);
    layout.places.push_back({layout.places.size(), {}, label});
    entry_widths.push_back(entry_width);
  }
  if (entries.empty()) return layout;
  const bool one_row = row_width <= width;
  const auto columns = static_cast<std::size_t>(std::max(1.0, (width + entry_spacing) / (widest + entry_spacing)));
  double x = 0;
  for (LegendLayout::Place& place : layout.places) {
    const std::size_t row = one_row ? 0 : place.entry / columns;
    if (!one_row) x = static_cast<double>(place.entry % columns) * (widest + entry_spacing);
    place.position = {x, static_cast<double>(row) * legend_row_height};
    x += entry_widths[place.entry] + entry_spacing;
  }
  layout.height = layout.places.back().position.y + legend_row_height;
  return layout;
}

void draw_legend(const std::vector<LegendEntry>& entries, const LegendLayout& layout, const PagePoint& corner,
                 const Colour& text_colour, Drawing& drawing) {
  for (const LegendLayout::Place& place : layout.places) {
    const double left = corner.x + place.position.x;
    const double middle = corner.y + place.position.y + legend_row_height / 2;
    for (const Shape& shape : entries[place.entry].key)
      drawing.shapes.push_back(moved(shape, {left + legend_key_width / 2, middle}));
    drawing.shapes.emplace_back(Text{place.label,
                                     {left + legend_key_width + key_spacing, middle},
                                     text_size,
                                     TextAnchor::start,
                                     false,
                                     false,
                                     text_colour});
  }
}

}  // namespace vqi::tool
