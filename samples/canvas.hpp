// Canvas: draws rectangles, ring sectors, lines and text on an RGB image.
#pragma once

#include <cstdint>
#include <string_view>

#include "vqi/image.hpp"

namespace vqi_samples {

/// 0xRRGGBB.
using Colour = std::uint32_t;

/// Lengths are in pixels, y downwards. Parts outside the image are not drawn.
class Canvas {
 public:
  Canvas(std::uint32_t width_px, std::uint32_t height_px, Colour background);

  void fill_rect(int x, int y, int width, int height, Colour colour);
  /// With round corners, antialiased.
  void fill_round_rect(int x, int y, int width, int height, int radius, Colour colour);
  /// A sector of a ring, antialiased; `from` and `to` are shares of a full turn, clockwise from the top.
  void fill_ring(double x, double y, double inner_radius, double outer_radius, double from, double to, Colour colour);
  /// A line of the given thickness, antialiased.
  void draw_line(double x0, double y0, double x1, double y1, double thickness, Colour colour);
  /// Text with its upper left corner at (x, y), each dot a square of `scale`. Returns its width.
  int draw_text(int x, int y, std::string_view text, Colour colour, int scale = 1);
  /// The same with the upper right corner at (x, y).
  void draw_text_right(int x, int y, std::string_view text, Colour colour, int scale = 1);

  [[nodiscard]] vqi::Image& image() noexcept { return image_; }

 private:
  /// Blends `colour` over a pixel; `coverage` is in sixteenths.
  void blend(int x, int y, Colour colour, int coverage);

  /// Blends every pixel of a rectangle; the coverage is the number of its 16 sample points that `inside` accepts.
  template <typename Inside>
  void fill_shape(double x0, double y0, double x1, double y1, Colour colour, const Inside& inside);

  vqi::Image image_;
};

}  // namespace vqi_samples
