// Samples shapes at sixteen points of each pixel, and blends in integers.
#include "canvas.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

#include "bitmap_font.hpp"

namespace vqi_samples {
namespace {

constexpr int samples_per_side = 4;
constexpr int full_coverage = samples_per_side * samples_per_side;
constexpr int space_width = 3;

/// First and last column of a glyph that has a dot; last < first if the glyph is empty.
struct Extent {
  int first = glyph_columns;
  int last = -1;
};

bool dot_set(const Glyph& glyph, int row, int column) noexcept {
  return (glyph[static_cast<std::size_t>(row)] >> (glyph_columns - 1 - column) & 1) != 0;
}

Extent extent_of(const Glyph& glyph) noexcept {
  Extent extent;
  for (int row = 0; row < glyph_rows; ++row) {
    for (int column = 0; column < glyph_columns; ++column) {
      if (!dot_set(glyph, row, column)) continue;
      extent.first = std::min(extent.first, column);
      extent.last = std::max(extent.last, column);
    }
  }
  return extent;
}

int advance_of(const Extent& extent) noexcept {
  return extent.last < extent.first ? space_width : extent.last - extent.first + 2;
}

}  // namespace

Canvas::Canvas(std::uint32_t width_px, std::uint32_t height_px, Colour background) : image_(width_px, height_px, 3, 8) {
  fill_rect(0, 0, static_cast<int>(width_px), static_cast<int>(height_px), background);
}

void Canvas::blend(int x, int y, Colour colour, int coverage) {
  if (x < 0 || y < 0 || x >= static_cast<int>(image_.width_px()) || y >= static_cast<int>(image_.height_px())) return;
  std::byte* const pixel = image_.row(static_cast<std::uint32_t>(y)) + static_cast<std::size_t>(x) * 3;
  for (int channel = 0; channel < 3; ++channel) {
    const int above = static_cast<int>(colour >> (16 - 8 * channel) & 0xFFU);
    const int below = std::to_integer<int>(pixel[channel]);
    const int value = (above * coverage + below * (full_coverage - coverage) + full_coverage / 2) / full_coverage;
    pixel[channel] = static_cast<std::byte>(value);
  }
}

template <typename Inside>
void Canvas::fill_shape(double x0, double y0, double x1, double y1, Colour colour, const Inside& inside) {
  for (int y = static_cast<int>(std::floor(y0)); y < y1; ++y) {
    for (int x = static_cast<int>(std::floor(x0)); x < x1; ++x) {
      int coverage = 0;
      for (int sample = 0; sample < full_coverage; ++sample) {
        const double sx = x + (sample % samples_per_side + 0.5) / samples_per_side;
        const double sy = y + (sample / samples_per_side + 0.5) / samples_per_side;
        coverage += inside(sx, sy) ? 1 : 0;
      }
      blend(x, y, colour, coverage);
    }
  }
}

void Canvas::fill_rect(int x, int y, int width, int height, Colour colour) {
  for (int row = y; row < y + height; ++row)
    for (int column = x; column < x + width; ++column) blend(column, row, colour, full_coverage);
}

void Canvas::fill_round_rect(int x, int y, int width, int height, int radius, Colour colour) {
  fill_shape(x, y, x + width, y + height, colour, [&](double sx, double sy) {
    const double dx = std::max({double{1} * (x + radius) - sx, sx - (x + width - radius), 0.0});
    const double dy = std::max({double{1} * (y + radius) - sy, sy - (y + height - radius), 0.0});
    return dx * dx + dy * dy <= double{1} * radius * radius;
  });
}

void Canvas::fill_ring(double x, double y, double inner_radius, double outer_radius, double from, double to,
                       Colour colour) {
  fill_shape(x - outer_radius, y - outer_radius, x + outer_radius + 1, y + outer_radius + 1, colour,
             [&](double sx, double sy) {
               const double distance = std::sqrt((sx - x) * (sx - x) + (sy - y) * (sy - y));
               const double turn = 0.5 + std::atan2(x - sx, sy - y) / (2 * std::numbers::pi);
               return distance >= inner_radius && distance <= outer_radius && turn >= from && turn <= to;
             });
}

void Canvas::draw_line(double x0, double y0, double x1, double y1, double thickness, Colour colour) {
  const double dx = x1 - x0;
  const double dy = y1 - y0;
  const double half = thickness / 2;
  fill_shape(std::min(x0, x1) - half, std::min(y0, y1) - half, std::max(x0, x1) + half, std::max(y0, y1) + half, colour,
             [&](double sx, double sy) {
               const double along = ((sx - x0) * dx + (sy - y0) * dy) / (dx * dx + dy * dy);
               const double nearest = std::clamp(along, 0.0, 1.0);
               const double ox = sx - x0 - nearest * dx;
               const double oy = sy - y0 - nearest * dy;
               return ox * ox + oy * oy <= half * half;
             });
}

int Canvas::draw_text(int x, int y, std::string_view text, Colour colour, int scale) {
  int pen = x;
  for (const char character : text) {
    const Glyph& glyph = glyph_of(character);
    const Extent extent = extent_of(glyph);
    for (int row = 0; row < glyph_rows; ++row)
      for (int column = extent.first; column <= extent.last; ++column)
        if (dot_set(glyph, row, column))
          fill_rect(pen + (column - extent.first) * scale, y + row * scale, scale, scale, colour);
    pen += advance_of(extent) * scale;
  }
  return pen - x;
}

void Canvas::draw_text_right(int x, int y, std::string_view text, Colour colour, int scale) {
  int width = 0;
  for (const char character : text) width += advance_of(extent_of(glyph_of(character))) * scale;
  draw_text(x - width, y, text, colour, scale);
}

}  // namespace vqi_samples
