// Computes means, and the hull and knee of the means.
#include "sweep_result.hpp"

namespace vqi::tool {
namespace {

/// Adds `term` to `sum`. The sum of terms is none if one of them is none.
void add(std::optional<double>& sum, const std::optional<double>& term) {
  if (sum && term)
    *sum += *term;
  else
    sum.reset();
}

}  // namespace

VaryingOptions varying_options(const std::vector<EncodeOptions>& rows) {
  VaryingOptions varying;
  // Rows of other methods have no lambda and no covariance; that they differ in them says nothing new.
  std::optional<double> lambda;
  std::optional<Covariance> covariance;
  for (const EncodeOptions& row : rows) {
    const EncodeOptions& first = rows.front();
    varying.block =
        varying.block || row.block_width_px != first.block_width_px || row.block_height_px != first.block_height_px;
    varying.method = varying.method || row.method != first.method;
    varying.lambda = varying.lambda || (row.lambda && row.lambda != lambda.value_or(*row.lambda));
    varying.covariance =
        varying.covariance || (row.covariance && row.covariance != covariance.value_or(*row.covariance));
    if (!lambda) lambda = row.lambda;
    if (!covariance) covariance = row.covariance;
    varying.effort = varying.effort || row.effort != first.effort;
    varying.seeding = varying.seeding || row.seeding != first.seeding;
    varying.coding = varying.coding || row.coding != first.coding;
    varying.k = varying.k || k_of(row) != k_of(first);
  }
  return varying;
}

void mark_hull(std::vector<SweepRow>& rows) {
  std::vector<RatePoint> points;
  for (const SweepRow& row : rows) points.push_back({row.report.bpp, row.report.distortion.mse});
  const RateHull hull = find_rate_hull(points);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i].on_hull = hull.on_hull[i];
    rows[i].knee = hull.knee == i;
  }
}

std::vector<SweepMean> mean_rows(const std::vector<SweptImage>& images) {
  std::vector<SweepMean> means(images.front().rows.size());
  const auto count = static_cast<double>(images.size());
  std::vector<RatePoint> points;
  for (std::size_t i = 0; i < means.size(); ++i) {
    SweepMean& mean = means[i];
    mean.options = images.front().rows[i].options;
    mean.mse_straight = 0;
    mean.psnr_db = 0;
    mean.ssim = 0;
    for (const SweptImage& image : images) {
      const EncodeReport& report = image.rows[i].report;
      mean.ratio += report.ratio / count;
      mean.bpp += report.bpp / count;
      mean.mse += report.distortion.mse / count;
      add(mean.mse_straight, report.distortion.mse_straight);
      add(mean.psnr_db, report.distortion.psnr_db);
      add(mean.ssim, report.distortion.ssim);
    }
    if (mean.mse_straight) *mean.mse_straight /= count;
    if (mean.psnr_db) *mean.psnr_db /= count;
    if (mean.ssim) *mean.ssim /= count;
    points.push_back({mean.bpp, mean.mse});
  }
  const RateHull hull = find_rate_hull(points);
  for (std::size_t i = 0; i < means.size(); ++i) {
    means[i].on_hull = hull.on_hull[i];
    means[i].knee = hull.knee == i;
  }
  return means;
}

}  // namespace vqi::tool
