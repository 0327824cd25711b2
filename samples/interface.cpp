// render_interface: draws the overview page of a made-up archive program.
#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

#include "canvas.hpp"
#include "scenes.hpp"

namespace vqi_samples {
namespace {

constexpr Colour page = 0xF2F4F8;
constexpr Colour card = 0xFFFFFF;
constexpr Colour border = 0xD9DEE7;
constexpr Colour ink = 0x1E2633;
constexpr Colour faint_ink = 0x7A8699;
constexpr Colour side = 0x202B3D;
constexpr Colour blue = 0x2F6FDE;
constexpr Colour teal = 0x23A6A0;
constexpr Colour amber = 0xF0A52B;
constexpr Colour red = 0xD9483B;
constexpr Colour green = 0x2E9D5B;

void draw_card(Canvas& canvas, int x, int y, int width, int height) {
  canvas.fill_round_rect(x, y, width, height, 5, border);
  canvas.fill_round_rect(x + 1, y + 1, width - 2, height - 2, 4, card);
}

void draw_side_bar(Canvas& canvas) {
  canvas.fill_rect(0, 0, 104, 320, side);
  canvas.fill_round_rect(12, 12, 18, 18, 4, blue);
  canvas.fill_round_rect(15, 15, 5, 5, 1, 0xFFFFFF);
  canvas.fill_round_rect(22, 15, 5, 5, 1, 0xA9C6FA);
  canvas.fill_round_rect(15, 22, 5, 5, 1, 0xA9C6FA);
  canvas.fill_round_rect(22, 22, 5, 5, 1, 0xFFFFFF);
  canvas.draw_text(36, 14, "Atlas", 0xFFFFFF, 2);
  constexpr std::array<std::string_view, 6> entries{"Overview", "Images",   "Codebooks",
                                                    "Reports",  "Machines", "Settings"};
  constexpr std::array<Colour, 6> marks{blue, teal, amber, red, green, faint_ink};
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const int y = 50 + 24 * static_cast<int>(i);
    if (i == 0) canvas.fill_round_rect(6, y - 7, 92, 21, 4, 0x33425C);
    canvas.fill_round_rect(14, y, 7, 7, 2, marks[i]);
    canvas.draw_text(28, y, entries[i], i == 0 ? 0xFFFFFF : 0xAAB6C9);
  }
  canvas.fill_rect(12, 276, 80, 1, 0x3A4963);
  canvas.fill_ring(21, 296, 0, 9, 0, 1, 0xE6B7A0);
  canvas.draw_text(17, 292, "ML", 0x5B3425);
  canvas.draw_text(36, 288, "Mira Lund", 0xFFFFFF);
  canvas.draw_text(36, 299, "Archive 2", 0x8391A8);
}

void draw_top_bar(Canvas& canvas) {
  canvas.fill_rect(104, 0, 376, 38, card);
  canvas.fill_rect(104, 38, 376, 1, border);
  canvas.draw_text(118, 12, "Overview", ink, 2);
  canvas.fill_round_rect(288, 10, 112, 19, 9, page);
  canvas.fill_ring(300, 18.5, 2.6, 4.0, 0, 1, faint_ink);
  canvas.draw_line(302.6, 21.4, 305.5, 24.3, 1.6, faint_ink);
  canvas.draw_text(311, 16, "Search files", faint_ink);
  canvas.fill_round_rect(408, 10, 60, 19, 4, blue);
  canvas.draw_text(419, 16, "+ Import", 0xFFFFFF);
}

void draw_figures(Canvas& canvas) {
  struct Figure {
    std::string_view label;
    std::string_view value;
    std::string_view change;
    Colour colour;
  };
  constexpr std::array<Figure, 3> figures{Figure{"Files today", "1,284", "+12.5 %", green},
                                          Figure{"Mean ratio", "4.37", "+0.8 %", green},
                                          Figure{"Failed", "3", "-2", red}};
  for (std::size_t i = 0; i < figures.size(); ++i) {
    const int x = 116 + 120 * static_cast<int>(i);
    draw_card(canvas, x, 49, 112, 52);
    canvas.draw_text(x + 10, 58, figures[i].label, faint_ink);
    canvas.draw_text(x + 10, 75, figures[i].value, ink, 2);
    canvas.draw_text_right(x + 104, 82, figures[i].change, figures[i].colour);
  }
}

void draw_bars(Canvas& canvas) {
  draw_card(canvas, 116, 110, 222, 104);
  canvas.draw_text(126, 119, "Megabytes per day", ink);
  canvas.fill_round_rect(250, 120, 6, 6, 1, blue);
  canvas.draw_text(259, 119, "raw", faint_ink);
  canvas.fill_round_rect(284, 120, 6, 6, 1, teal);
  canvas.draw_text(293, 119, "stored", faint_ink);
  constexpr std::array<std::string_view, 5> scale{"400", "300", "200", "100", "0"};
  for (std::size_t i = 0; i < scale.size(); ++i) {
    const int y = 137 + 15 * static_cast<int>(i);
    canvas.fill_rect(148, y, 180, 1, i + 1 == scale.size() ? 0xB4BDCC : 0xEBEEF3);
    canvas.draw_text_right(145, y - 3, scale[i], faint_ink);
  }
  constexpr std::array<std::string_view, 7> days{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"};
  constexpr std::array<int, 7> raw{34, 47, 41, 55, 58, 22, 14};
  constexpr std::array<int, 7> stored{9, 12, 10, 13, 15, 6, 4};
  for (std::size_t i = 0; i < days.size(); ++i) {
    const int x = 154 + 25 * static_cast<int>(i);
    canvas.fill_rect(x, 197 - raw[i], 8, raw[i], blue);
    canvas.fill_rect(x + 9, 197 - stored[i], 8, stored[i], teal);
    canvas.draw_text(x + 3, 201, days[i], faint_ink);
  }
}

void draw_shares(Canvas& canvas) {
  draw_card(canvas, 346, 110, 122, 104);
  canvas.draw_text(356, 119, "Codewords", ink);
  constexpr std::array<std::pair<double, Colour>, 4> shares{std::pair{0.46, blue}, std::pair{0.72, teal},
                                                            std::pair{0.89, amber}, std::pair{1.0, red}};
  constexpr std::array<std::string_view, 4> names{"256", "64", "16", "4"};
  double from = 0;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const auto [to, colour] = shares[i];
    canvas.fill_ring(390, 169, 19, 32, from, to, colour);
    const int y = 144 + 14 * static_cast<int>(i);
    canvas.fill_round_rect(432, y, 7, 7, 2, colour);
    canvas.draw_text(443, y, names[i], ink);
    from = to;
  }
  canvas.draw_text(381, 166, "2.1 M", ink);
}

void draw_table(Canvas& canvas) {
  draw_card(canvas, 116, 223, 352, 88);
  canvas.draw_text(126, 231, "Name", faint_ink);
  canvas.draw_text(262, 231, "Size", faint_ink);
  canvas.draw_text(312, 231, "Progress", faint_ink);
  canvas.draw_text(416, 231, "State", faint_ink);
  struct File {
    std::string_view name;
    std::string_view size;
    int percent;
    std::string_view state;
    Colour colour;
  };
  constexpr std::array<File, 4> files{File{"harbour_at_dawn_014.png", "18.4 MB", 100, "Done", green},
                                      File{"scan/map-sheet_27.tiff", "96.0 MB", 71, "Running", blue},
                                      File{"portrait_K64.png", "4.2 MB", 38, "Running", blue},
                                      File{"old/quarry_view.bmp", "23.7 MB", 0, "Failed", red}};
  for (std::size_t i = 0; i < files.size(); ++i) {
    const File& file = files[i];
    const int y = 243 + 17 * static_cast<int>(i);
    if (i % 2 == 0) canvas.fill_rect(117, y, 350, 16, 0xF7F9FC);
    canvas.draw_text(126, y + 4, file.name, ink);
    canvas.draw_text_right(296, y + 4, file.size, ink);
    canvas.fill_round_rect(312, y + 6, 88, 5, 2, 0xE3E8F0);
    if (file.percent > 0) canvas.fill_round_rect(312, y + 6, 88 * file.percent / 100, 5, 2, file.colour);
    canvas.fill_round_rect(409, y + 2, 52, 13, 6, file.colour);
    canvas.draw_text(416, y + 5, file.state, 0xFFFFFF);
  }
}

}  // namespace

vqi::Image render_interface() {
  Canvas canvas(480, 320, page);
  draw_side_bar(canvas);
  draw_top_bar(canvas);
  draw_figures(canvas);
  draw_bars(canvas);
  draw_shares(canvas);
  draw_table(canvas);
  return std::move(canvas.image());
}

}  // namespace vqi_samples
