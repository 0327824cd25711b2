// Drawing: a picture as lines, areas, discs and texts, in points (1/72 inch), y downwards.
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
  std::vector<double> dashes;  ///< lengths on and off; empty: a solid line
};

/// A line through points, or if closed the area inside it.
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
  PagePoint position;  ///< y: half the height of the letters; x: the part of the text that `anchor` names
  double size = 0;     ///< font size
  TextAnchor anchor = TextAnchor::start;
  bool bold = false;
  bool upwards = false;  ///< rotated by 90 degrees, to be read from the right
  Colour colour;
};

using Shape = std::variant<Path, Disc, Text>;

/// Shapes on a background. Later shapes cover earlier ones.
struct Drawing {
  double width = 0;
  double height = 0;
  Colour background;
  std::vector<Shape> shapes;
  std::string title;        ///< UTF-8, for readers who cannot see the picture
  std::string description;  ///< UTF-8, what the picture shows
};

/// Returns the width that a text will have when drawn, in points.
using TextMeasure = std::function<double(const std::string& text, double size, bool bold)>;

}  // namespace vqi::tool
