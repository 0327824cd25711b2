// The legend: entries in one row or in columns, none beyond the width, labels shortened only where they must be.
#include "chart_legend.hpp"

#include <catch2/catch.hpp>

#include "text_boxes.hpp"

using namespace vqi::tool;
using vqi::test::plain_width;

namespace {

std::vector<LegendEntry> entries_of(const std::vector<std::string>& labels) {
  std::vector<LegendEntry> entries;
  for (const std::string& label : labels) entries.push_back({label, {Disc{{1, 2}, 3, {}, {}}}});
  return entries;
}

}  // namespace

TEST_CASE("entries stand in one row as long as there is room, without meeting") {
  const LegendLayout layout = lay_out_legend(entries_of({"one", "two", "three"}), 400, plain_width);
  REQUIRE(layout.places.size() == 3);
  CHECK(layout.height == legend_row_height);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(layout.places[i].entry == i);
    CHECK(layout.places[i].position.y == 0);
    if (i == 0) continue;
    const double end =
        layout.places[i - 1].position.x + legend_key_width + plain_width(layout.places[i - 1].label, 10.5, false);
    CHECK(layout.places[i].position.x > end);
  }
}

TEST_CASE("more entries stand in rows of equal columns, all within the width") {
  const LegendLayout layout =
      lay_out_legend(entries_of({"a label", "b", "a longer label", "d", "e"}), 260, plain_width);
  CHECK(layout.height > legend_row_height);
  for (const LegendLayout::Place& place : layout.places) {
    CHECK(place.position.x + legend_key_width + plain_width(place.label, 10.5, false) <= 260);
    bool is_in_column = false;
    for (const LegendLayout::Place& other : layout.places)
      is_in_column |= other.position.y == 0 && other.position.x == place.position.x;
    CHECK(is_in_column);
    CHECK(place.position.y + legend_row_height <= layout.height);
  }
}

TEST_CASE("a label that is wider than a row keeps its beginning and end, whole characters at any width") {
  const std::string label = "äöü — a label of many words that is far too long for one row ßé";
  for (const double width : {40.0, 60.0, 100.0, 200.0, 300.0}) {
    const LegendLayout layout = lay_out_legend(entries_of({label}), width, plain_width);
    const std::string& shown = layout.places[0].label;
    CHECK(shown.find("…") != std::string::npos);
    CHECK(valid_utf8(shown) == shown);
    if (width >= 100) {
      CHECK(shown.substr(0, 4) == "äö");
      CHECK(shown.substr(shown.size() - 2) == "é");
    }
    if (width >= 60) CHECK(legend_key_width + plain_width(shown, 10.5, false) <= width);
  }
  CHECK(lay_out_legend(entries_of({label}), 1000, plain_width).places[0].label == label);
}

TEST_CASE("no entries take no room") {
  const LegendLayout layout = lay_out_legend({}, 100, plain_width);
  CHECK(layout.places.empty());
  CHECK(layout.height == 0);
}

TEST_CASE("keys and labels are drawn where the layout has them") {
  const std::vector<LegendEntry> entries = entries_of({"one", "two"});
  const LegendLayout layout = lay_out_legend(entries, 400, plain_width);
  Drawing drawing;
  draw_legend(entries, layout, {100, 50}, {1, 2, 3}, drawing);
  REQUIRE(drawing.shapes.size() == 4);
  for (std::size_t i = 0; i < 2; ++i) {
    const double left = 100 + layout.places[i].position.x;
    const Disc& key = std::get<Disc>(drawing.shapes[2 * i]);
    CHECK(key.centre.x == Approx(left + legend_key_width / 2 + 1));
    CHECK(key.centre.y == Approx(50 + legend_row_height / 2 + 2));
    const Text& text = std::get<Text>(drawing.shapes[2 * i + 1]);
    CHECK(text.text == entries[i].label);
    CHECK(text.position.x > left + legend_key_width);
    CHECK(text.position.y == Approx(50 + legend_row_height / 2));
    CHECK(text.colour == Colour{1, 2, 3});
  }
}
