// What a picture is made of: lines, areas, discs and texts in points (1/72 inch), y downwards.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "label_placement.hpp"

namespace vqi::tool {

struct Colour {
  std::uint8_t red = 0;
  std::uint8_t green = 0;
  std::uint8_t blue = 0;
  bool operator==(const Colour&) const = default;
};

struct Stroke {
  Colour colour;
  double width = 1;
  std::vector<double> dashes;  ///< lengths on and off; none: a full line
};

/// A line through points, or the area that it closes.
struct Path {
  std::vector<PagePoint> points;
  bool closed = false;
  std::optional<Colour> fill;
  std::optional<Stroke> stroke;
};

struct Disc {
  PagePoint centre;
  double radius = 0;
  std::optional<Colour> fill;
  std::optional<Stroke> stroke;
};

enum class TextAnchor { start, middle, end };

/// One line of text.
struct Text {
  std::string text;    ///< UTF-8
  PagePoint position;  ///< on the middle of the letters' height, where `anchor` says along the line
  double size = 0;     ///< of the font
  TextAnchor anchor = TextAnchor::start;
  bool bold = false;
  bool upwards = false;  ///< turned by a quarter, read from the right
  Colour colour;
};

using Shape = std::variant<Path, Disc, Text>;

/// Shapes on a background, later ones over earlier ones.
struct Drawing {
  double width = 0;
  double height = 0;
  Colour background;
  std::vector<Shape> shapes;
  std::string title;        ///< UTF-8, for those who do not see the picture
  std::string description;  ///< UTF-8, what there is to see
};

/// The width of a text of a font size, as it will be drawn.
using TextMeasure = std::function<double(const std::string& text, double size, bool bold)>;

}  // namespace vqi::tool
