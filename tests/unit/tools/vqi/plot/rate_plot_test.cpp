// The plot of a sweep as a drawing.
#include "rate_plot.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "text_boxes.hpp"

using namespace vqi::tool;
using vqi::test::plain_width;
using vqi::test::text_boxes;
using vqi::test::TextBox;

namespace {

RateCurve curve(const std::string& label, double shift, std::uint32_t points = 8) {
  RateCurve result{label, {}};
  for (std::uint32_t n = 0; n < points; ++n)
    result.points.push_back(
        {1.0 + n + shift, 18 + 3.6 * n + shift, 1 - 0.3 / (1 + n) - shift * 0.02, 2U << n, n != 3, n == 4});
  return result;
}

bool contains_text(const Drawing& drawing, const std::string& wanted) {
  const std::vector<TextBox> boxes = text_boxes(drawing);
  return std::any_of(boxes.begin(), boxes.end(), [&](const TextBox& box) { return box.text.text == wanted; });
}

void check_texts_are_apart(const Drawing& drawing) {
  const std::vector<TextBox> boxes = text_boxes(drawing);
  const PageBox page{0, 0, drawing.width, drawing.height};
  for (std::size_t n = 0; n < boxes.size(); ++n) {
    CAPTURE(boxes[n].text.text);
    CHECK(page.contains(boxes[n].box));
    for (std::size_t other = 0; other < n; ++other) {
      CAPTURE(boxes[other].text.text);
      CHECK_FALSE(boxes[n].box.overlaps(boxes[other].box));
    }
  }
}

}  // namespace

TEST_CASE("a plot names its axes with units, its curves and every K in both panels") {
  const std::vector<RateCurve> curves{curve("kmeans, 1x1, packed", 0)};
  const Drawing drawing = rate_plot(curves, PlotTheme::light, &plain_width);
  for (const char* const text : {"Rate (bits per pixel)", "PSNR (dB)", "SSIM", "kmeans, 1x1, packed",
                                 "K, the number of codewords", "knee", "not on the convex hull"})
    CHECK(contains_text(drawing, text));
  const std::vector<TextBox> boxes = text_boxes(drawing);
  for (const CurvePoint& point : curves[0].points)
    CHECK(std::count_if(boxes.begin(), boxes.end(), [&](const TextBox& box) {
            return box.text.text == std::to_string(point.k) && box.text.size == 9;
          }) >= 2);
  CHECK(drawing.description.find("K 16: 4.000 bits per pixel, 28.80 dB") != std::string::npos);
}

TEST_CASE("no text of a plot covers another, however many curves there are") {
  for (const std::size_t count : {1U, 2U, 5U, 12U, 40U}) {
    std::vector<RateCurve> curves;
    for (std::size_t n = 0; n < count; ++n)
      curves.push_back(curve("image " + std::to_string(n) + ".png, kmeans, 1x1", 0.15 * static_cast<double>(n)));
    check_texts_are_apart(rate_plot(curves, PlotTheme::light, &plain_width));
  }
}

TEST_CASE("a lossless point is drawn above all others, labelled lossless") {
  std::vector<RateCurve> curves{curve("kmeans", 0)};
  CHECK_FALSE(contains_text(rate_plot(curves, PlotTheme::light, &plain_width), "lossless"));
  curves[0].points.push_back({9.5, std::nullopt, 1.0, 40000, true, false});
  const Drawing drawing = rate_plot(curves, PlotTheme::light, &plain_width);
  CHECK(contains_text(drawing, "lossless"));
  check_texts_are_apart(drawing);
  double lossless_y = drawing.height;
  double marker_y = drawing.height;
  for (const TextBox& box : text_boxes(drawing))
    if (box.text.text == "lossless") lossless_y = box.text.position.y;
  for (const Shape& shape : drawing.shapes) {
    const auto* const disc = std::get_if<Disc>(&shape);
    if (disc != nullptr && disc->centre.x < drawing.width / 2) marker_y = std::min(marker_y, disc->centre.y);
  }
  CHECK(marker_y == lossless_y);
}

TEST_CASE("without SSIM its panel is left out, and lossless points alone need no PSNR axis") {
  std::vector<RateCurve> curves{{"tiny", {{1, std::nullopt, std::nullopt, 2, true, false}}}};
  const Drawing drawing = rate_plot(curves, PlotTheme::dark, &plain_width);
  CHECK_FALSE(contains_text(drawing, "SSIM"));
  CHECK(contains_text(drawing, "lossless"));
  CHECK_FALSE(contains_text(drawing, "not on the convex hull"));
  check_texts_are_apart(drawing);
}

TEST_CASE("a label that is wider than the page is shortened in the middle") {
  const std::vector<RateCurve> curves{curve(std::string(300, 'a') + "\xFF\n" + std::string(300, 'z'), 0)};
  const Drawing drawing = rate_plot(curves, PlotTheme::light, &plain_width);
  check_texts_are_apart(drawing);
  const std::vector<TextBox> boxes = text_boxes(drawing);
  CHECK(std::any_of(boxes.begin(), boxes.end(), [](const TextBox& box) {
    return box.text.text.starts_with("aaa") && box.text.text.ends_with("zzz") &&
           box.text.text.find("…") != std::string::npos;
  }));
}
