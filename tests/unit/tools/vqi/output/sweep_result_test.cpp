// Means over images: of the figures of each row, none where an image has none, with a hull of their own.
#include "sweep_result.hpp"

#include <catch2/catch.hpp>

using vqi::tool::mean_rows;
using vqi::tool::SweepMean;
using vqi::tool::SweptImage;

namespace {

vqi::SweepRow row_of(double bpp, double mse, std::optional<double> psnr_db, std::optional<double> ssim) {
  vqi::SweepRow row;
  row.report.ratio = 24 / bpp;
  row.report.bpp = bpp;
  row.report.distortion.mse = mse;
  row.report.distortion.psnr_db = psnr_db;
  row.report.distortion.ssim = ssim;
  return row;
}

}  // namespace

TEST_CASE("figures are means over the images, and none where one image has none") {
  std::vector<SweptImage> images(2);
  images[0].rows = {row_of(1, 10, 38, 0.8), row_of(2, 0, {}, 1), row_of(3, 1, 48, 0.9)};
  images[1].rows = {row_of(3, 30, 34, 0.6), row_of(4, 2, 45, 1), row_of(6, 3, 43, {})};
  images[0].rows[2].options.k = 99;
  const std::vector<SweepMean> means = mean_rows(images);
  REQUIRE(means.size() == 3);
  CHECK(means[0].bpp == 2);
  CHECK(means[0].ratio == 16);
  CHECK(means[0].mse == 20);
  CHECK(means[0].psnr_db == 36.0);
  CHECK(means[0].ssim == Approx(0.7));
  CHECK_FALSE(means[1].psnr_db);  // one image is lossless
  CHECK(means[1].ssim == 1.0);
  CHECK_FALSE(means[2].ssim);
  CHECK(means[2].options.k == 99);
}

TEST_CASE("hull and knee are those of the means") {
  std::vector<SweptImage> images(1);
  images[0].rows = {row_of(1, 100, 28, 1), row_of(2, 20, 35, 1), row_of(3, 90, 29, 1), row_of(8, 10, 38, 1)};
  const std::vector<SweepMean> means = mean_rows(images);
  CHECK(means[0].on_hull);
  CHECK(means[1].on_hull);
  CHECK_FALSE(means[2].on_hull);
  CHECK(means[3].on_hull);
  for (std::size_t i = 0; i < 4; ++i) CHECK(means[i].knee == (i == 1));
}
