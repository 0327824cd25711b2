// Curves of plots, and reports, made from a sweep.
#include "sweep_views.hpp"

#include <catch2/catch.hpp>

#include "pattern_image.hpp"
#include "vqi/image_io.hpp"

using namespace vqi::tool;
using vqi::test::pattern_image;

namespace {

/// Sweeps over images as `vqi sweep` does.
struct Sweep {
  SweepResult result;
  std::vector<RowPictures> pictures;

  /// `colours` > 0 reduces the image to that many colours.
  void add(const std::string& input, const std::vector<std::uint32_t>& ks, std::uint32_t colours = 0) {
    vqi::Image image = pattern_image(40, 30, 3, 8, 2);
    if (colours > 0) {
      std::size_t n = 0;
      for (std::byte& sample : image.samples()) sample = static_cast<std::byte>(n++ / 3 % colours * 20);
    }
    SweptImage& swept = result.images.emplace_back();
    swept.input = input;
    RowPictures& shown = pictures.emplace_back(input, image, ks.size() * 2, 600);
    for (const std::uint32_t block : {1U, 2U}) {
      for (const std::uint32_t k : ks) {
        vqi::SweepRow row;
        row.options.k = k;
        row.options.effort = 1;
        row.options.block_width_px = row.options.block_height_px = block;
        row.options.coding = vqi::Coding::packed;
        const vqi::Encoded encoded = vqi::encode(image, row.options);
        row.report = encoded.report;
        row.knee = k == 8;
        shown.add(swept.rows.size(), row, encoded.bytes);
        swept.rows.push_back(row);
      }
    }
  }
};

}  // namespace

TEST_CASE("rows become a curve for each way of encoding") {
  Sweep sweep;
  sweep.add("a.png", {2, 8, 32});
  const std::vector<RateCurve> curves = rate_curves(sweep.result);
  REQUIRE(curves.size() == 2);
  CHECK(curves[0].label == "kmeans, 1x1, packed");
  CHECK(curves[1].label == "kmeans, 2x2, packed");
  REQUIRE(curves[1].points.size() == 3);
  CHECK(curves[1].points[1].k == 8);
  CHECK(curves[1].points[1].knee);
  CHECK(curves[1].points[1].bpp == sweep.result.images[0].rows[4].report.bpp);
  CHECK(curves[1].points[1].psnr_db == sweep.result.images[0].rows[4].report.distortion.psnr_db);
}

TEST_CASE("several images have curves of their own, also under one name") {
  Sweep sweep;
  for (int n = 0; n < 2; ++n) sweep.add("a.png", {2, 4});
  const std::vector<RateCurve> curves = rate_curves(sweep.result);
  REQUIRE(curves.size() == 4);
  CHECK(curves[0].label == "a.png: kmeans, 1x1, packed");
  CHECK(curves[2].label == curves[0].label);
  CHECK(curves[2].points.size() == 2);
}

TEST_CASE("rows of an image with fewer colours than K are one point of the plot and all in the report") {
  Sweep sweep;
  sweep.add("few.png", {2, 16, 32, 64}, 5);
  const std::vector<RateCurve> curves = rate_curves(sweep.result);
  CHECK(curves[0].points.size() == 2);
  CHECK_FALSE(curves[0].points[1].psnr_db.has_value());
  CHECK(sweep_report(sweep.result, sweep.pictures).rows.size() == 8);
}

TEST_CASE("a report's rows have their figures, commands, pictures and codebooks") {
  Sweep sweep;
  sweep.add("a.png", {2, 8, 32});
  const Report report = sweep_report(sweep.result, sweep.pictures);
  REQUIRE(report.rows.size() == 6);
  CHECK(report.curves.size() == 2);
  REQUIRE(report.images.size() == 1);
  const PictureWindow& window = report.images[0].window;
  CHECK(window.width_px * window.height_px <= 600);
  const vqi::Image original = vqi::read_image(report.images[0].picture).image;
  CHECK(original.width_px() == window.width_px);
  for (std::size_t n = 0; n < 6; ++n) {
    const ReportRow& row = report.rows[n];
    const vqi::EncodeReport& expected = sweep.result.images[0].rows[n].report;
    CHECK(row.curve == n / 3);
    CHECK(row.file_bytes == expected.bytes.file);
    CHECK(row.distortion.mse == expected.distortion.mse);
    CHECK(row.command.find("-k " + std::to_string(vqi::k_of(sweep.result.images[0].rows[n].options))) !=
          std::string::npos);
    REQUIRE(row.picture.has_value());
    CHECK(vqi::read_image(row.picture->decoded).image.height_px() == window.height_px);
    CHECK(row.picture->codebook.counts.size() == expected.k);
  }
}
