// Draws tiles pixel by pixel, so that the picture is the same on every machine.
#include "swatch_picture.hpp"

#include <algorithm>
#include <string>

#include "vqi/colour_text.hpp"

namespace vqi::tool {
namespace {

using Rgb = std::array<std::uint32_t, 3>;

constexpr Rgb paper{250, 250, 250};
constexpr Rgb ink{70, 70, 70};
constexpr Rgb rim{215, 215, 215};  // around tiles, so that white ones are seen
constexpr std::array<Rgb, 2> chequers{Rgb{255, 255, 255}, Rgb{205, 205, 205}};

// In dots.
constexpr std::uint32_t letter_width = 5;
constexpr std::uint32_t letter_height = 7;
constexpr std::uint32_t letter_step = 6;

/// The letters of colours: seven rows of five dots, the left one in bit 4.
struct Letter {
  char letter;
  std::array<std::uint8_t, letter_height> rows;
};
constexpr std::array<Letter, 17> letters{
    Letter{'#', {0x0A, 0x0A, 0x1F, 0x0A, 0x1F, 0x0A, 0x0A}}, {'0', {0x0E, 0x11, 0x13, 0x15, 0x19, 0x11, 0x0E}},
    {'1', {0x04, 0x0C, 0x04, 0x04, 0x04, 0x04, 0x0E}},       {'2', {0x0E, 0x11, 0x01, 0x06, 0x08, 0x10, 0x1F}},
    {'3', {0x0E, 0x11, 0x01, 0x06, 0x01, 0x11, 0x0E}},       {'4', {0x02, 0x06, 0x0A, 0x12, 0x1F, 0x02, 0x02}},
    {'5', {0x1F, 0x10, 0x1E, 0x01, 0x01, 0x11, 0x0E}},       {'6', {0x06, 0x08, 0x10, 0x1E, 0x11, 0x11, 0x0E}},
    {'7', {0x1F, 0x01, 0x02, 0x04, 0x08, 0x08, 0x08}},       {'8', {0x0E, 0x11, 0x11, 0x0E, 0x11, 0x11, 0x0E}},
    {'9', {0x0E, 0x11, 0x11, 0x0F, 0x01, 0x02, 0x0C}},       {'a', {0x00, 0x00, 0x0E, 0x01, 0x0F, 0x11, 0x0F}},
    {'b', {0x10, 0x10, 0x1E, 0x11, 0x11, 0x11, 0x1E}},       {'c', {0x00, 0x00, 0x0E, 0x10, 0x10, 0x11, 0x0E}},
    {'d', {0x01, 0x01, 0x0F, 0x11, 0x11, 0x11, 0x0F}},       {'e', {0x00, 0x00, 0x0E, 0x11, 0x1F, 0x10, 0x0E}},
    {'f', {0x06, 0x09, 0x08, 0x1C, 0x08, 0x08, 0x08}}};

/// Sizes of one picture.
struct Layout {
  std::uint32_t columns = 16;
  std::uint32_t tile_px = 56;
  std::uint32_t gap_px = 12;
  std::uint32_t label_px = 15;  ///< height of the line below a tile
  std::uint32_t radius_px = 10;
  std::uint32_t chequer_px = 8;
  std::uint32_t dot_px = 1;  ///< side of a dot of a letter
};

Layout enlarged(Layout layout, std::uint32_t factor) {
  for (std::uint32_t* const size :
       {&layout.tile_px, &layout.gap_px, &layout.label_px, &layout.radius_px, &layout.chequer_px, &layout.dot_px})
    *size *= factor;
  return layout;
}

/// Up to 64 colours have large tiles in rows of 8, up to 256 smaller ones in rows of 16; more stand in a square.
Layout layout_for(std::size_t colours) {
  constexpr std::size_t large_max = 64;
  constexpr std::size_t labelled_max = 256;
  constexpr std::size_t large_columns = 8;
  Layout layout;
  if (colours <= large_max) {
    layout = enlarged(layout, 2);
    layout.columns = static_cast<std::uint32_t>(std::min(colours, large_columns));
  }
  if (colours > labelled_max) {
    layout = {1, 12, 0, 0, 0, 6, 1};
    while (std::size_t{layout.columns} * layout.columns < colours) ++layout.columns;
  }
  return layout;
}

class SwatchPicture {
 public:
  SwatchPicture(const Palette& palette, const Layout& layout)
      : palette_(palette), layout_(layout), image_(width(), height(), 3, 8) {
    for (std::uint32_t y = 0; y < image_.height_px(); ++y)
      for (std::uint32_t x = 0; x < image_.width_px(); ++x) set(x, y, paper);
    for (std::size_t k = 0; k < palette.colours.size(); ++k) draw_tile(static_cast<std::uint32_t>(k));
  }
  Image take() { return std::move(image_); }

 private:
  [[nodiscard]] std::uint32_t step_x() const { return layout_.tile_px + layout_.gap_px; }
  [[nodiscard]] std::uint32_t step_y() const { return layout_.tile_px + layout_.gap_px + layout_.label_px; }
  [[nodiscard]] std::uint32_t width() const { return layout_.columns * step_x() + layout_.gap_px; }
  [[nodiscard]] std::uint32_t height() const {
    const auto count = static_cast<std::uint32_t>(palette_.colours.size());
    return (count + layout_.columns - 1) / layout_.columns * step_y() + layout_.gap_px;
  }

  void set(std::uint32_t x, std::uint32_t y, const Rgb& colour) {
    for (std::uint32_t c = 0; c < 3; ++c) image_.row(y)[3 * x + c] = static_cast<std::byte>(colour[c]);
  }

  /// `over` with `parts` of `whole` on what is there.
  void blend(std::uint32_t x, std::uint32_t y, const Rgb& over, std::uint32_t parts, std::uint32_t whole) {
    Rgb mixed{};
    for (std::uint32_t c = 0; c < 3; ++c) {
      const auto under = std::to_integer<std::uint32_t>(image_.row(y)[3 * x + c]);
      mixed[c] = (over[c] * parts + under * (whole - parts) + whole / 2) / whole;
    }
    set(x, y, mixed);
  }

  /// How many of 16 points of the pixel are inside the tile, less `inset` eighths of a pixel at each side.
  [[nodiscard]] std::uint32_t covered(std::uint32_t x, std::uint32_t y, int inset) const {
    constexpr int unit = 8;  // of a pixel; the 16 points are at 1, 3, 5 and 7
    const int side = static_cast<int>(layout_.tile_px) * unit - inset;
    const int radius = std::max(0, static_cast<int>(layout_.radius_px) * unit - inset);
    std::uint32_t points = 0;
    for (int v = 1; v < unit; v += 2)
      for (int u = 1; u < unit; u += 2) {
        const int px = static_cast<int>(x) * unit + u;
        const int py = static_cast<int>(y) * unit + v;
        const int dx = std::max({inset + radius - px, px - (side - radius), 0});
        const int dy = std::max({inset + radius - py, py - (side - radius), 0});
        points += dx * dx + dy * dy <= radius * radius ? 1 : 0;
      }
    return points;
  }

  void draw_tile(std::uint32_t k) {
    constexpr std::uint32_t points = 16;
    const std::uint32_t left = layout_.gap_px + k % layout_.columns * step_x();
    const std::uint32_t top = layout_.gap_px + k / layout_.columns * step_y();
    const Rgba& rgba = palette_.colours[k].rgba;
    const Rgb colour{rgba[0], rgba[1], rgba[2]};
    const int rim_width = layout_.radius_px > 0 ? 8 : 0;
    for (std::uint32_t y = 0; y < layout_.tile_px; ++y)
      for (std::uint32_t x = 0; x < layout_.tile_px; ++x) {
        const std::uint32_t inside = covered(x, y, rim_width);
        if (rim_width > 0) blend(left + x, top + y, rim, covered(x, y, 0), points);
        if (rgba[3] < 255)
          blend(left + x, top + y, chequers[(x / layout_.chequer_px + y / layout_.chequer_px) % 2], inside, points);
        blend(left + x, top + y, colour, inside * rgba[3], points * 255);
      }
    if (layout_.label_px > 0) draw_label(left, top + layout_.tile_px + 4 * layout_.dot_px, text_of_colour(rgba, 8));
  }

  void draw_label(std::uint32_t left, std::uint32_t top, const std::string& text) {
    const std::uint32_t dot = layout_.dot_px;
    const auto width_px = (static_cast<std::uint32_t>(text.size()) * letter_step - 1) * dot;
    left += (layout_.tile_px - width_px) / 2;
    for (const char symbol : text) {
      const auto letter =
          std::find_if(letters.begin(), letters.end(), [&](const Letter& each) { return each.letter == symbol; });
      for (std::uint32_t y = 0; y < letter_height * dot; ++y)
        for (std::uint32_t x = 0; x < letter_width * dot; ++x)
          if ((std::uint32_t{letter->rows[y / dot]} >> (letter_width - 1 - x / dot) & 1U) != 0)
            set(left + x, top + y, ink);
      left += letter_step * dot;
    }
  }

  const Palette& palette_;
  Layout layout_;
  Image image_;
};

}  // namespace

Image draw_swatches(const Palette& palette) {
  return SwatchPicture(palette, layout_for(palette.colours.size())).take();
}

}  // namespace vqi::tool
