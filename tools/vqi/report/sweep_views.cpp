// Groups rows into curves by their labels.
#include "sweep_views.hpp"

#include <algorithm>

#include "plain_text.hpp"
#include "row_command.hpp"
#include "vqi/names.hpp"

namespace vqi::tool {
namespace {

/// The options that distinguish curves of the same image. Rows that differ in lambda alone, or in effort, are points of
/// one curve.
std::string way_of(const EncodeOptions& options, const VaryingOptions& varying) {
  std::string way = std::string(method_name(options.method)) + ", " +
                    dimensions_text(options.block_width_px, options.block_height_px) + ", " +
                    std::string(coding_name(options.coding));
  if (varying.k && varying.lambda && options.lambda) way += ", lambda " + shortest(*options.lambda);
  if (varying.covariance && options.covariance) way += ", " + std::string(covariance_name(*options.covariance));
  if (varying.k && varying.effort) way += ", effort " + std::to_string(options.effort);
  if (varying.seeding) way += ", " + std::string(seeding_name(options.seeding));
  return way;
}

/// Labels the curves of one sweep.
class CurveLabels {
 public:
  explicit CurveLabels(const SweepResult& result) : several_images_(result.images.size() > 1) {
    std::vector<EncodeOptions> rows;
    if (!result.images.empty())
      for (const SweepRow& row : result.images.front().rows) rows.push_back(row.options);
    varying_ = varying_options(rows);
  }

  [[nodiscard]] std::string of(const SweptImage& image, const SweepRow& row) const {
    return (several_images_ ? image.input + ": " : std::string()) + way_of(row.options, varying_);
  }
  [[nodiscard]] std::string of(const SweepMean& mean) const { return way_of(mean.options, varying_); }

 private:
  bool several_images_;
  VaryingOptions varying_;
};

/// The index of `label` in `labels`, searched from `first` on. A new label is appended.
std::size_t place_of(const std::string& label, std::size_t first, std::vector<std::string>& labels) {
  const auto known = std::find(labels.begin() + static_cast<std::ptrdiff_t>(first), labels.end(), label);
  if (known == labels.end()) {
    labels.push_back(label);
    return labels.size() - 1;
  }
  return static_cast<std::size_t>(known - labels.begin());
}

ReportRow report_row(const SweptImage& image, const SweepRow& row) {
  const EncodeReport& report = row.report;
  ReportRow shown;
  shown.k = report.k;
  shown.block_width_px = report.block_width_px;
  shown.block_height_px = report.block_height_px;
  shown.method = method_name(report.method);
  shown.coding = coding_name(report.coding);
  shown.file_bytes = report.bytes.file;
  shown.ratio = report.ratio;
  shown.bpp = report.bpp;
  shown.distortion = report.distortion;
  shown.on_hull = row.on_hull;
  shown.knee = row.knee;
  shown.command = row_command(row.options, image.input);
  return shown;
}

}  // namespace

std::vector<RateCurve> rate_curves(const SweepResult& result, bool each) {
  std::vector<RateCurve> curves;
  std::vector<std::string> labels;
  const CurveLabels label(result);
  const auto add = [&](const std::string& name, std::size_t first, const CurvePoint& point) {
    const std::size_t curve = place_of(name, first, labels);
    if (curve == curves.size()) curves.push_back({labels.back(), {}});
    std::vector<CurvePoint>& points = curves[curve].points;
    if (points.empty() || points.back().k != point.k || points.back().bpp != point.bpp) points.push_back(point);
  };
  if (!each && !result.means.empty()) {
    const std::string end = ", mean of " + std::to_string(result.images.size()) + " images";
    for (const SweepMean& mean : result.means)
      add(label.of(mean) + end, 0, {mean.bpp, mean.psnr_db, mean.ssim, k_of(mean.options), mean.on_hull, mean.knee});
    return curves;
  }
  for (const SweptImage& image : result.images) {
    const std::size_t first = labels.size();  // an input that is named twice gets separate curves
    for (const SweepRow& row : image.rows) {
      const Distortion& distortion = row.report.distortion;
      add(label.of(image, row), first,
          {row.report.bpp, distortion.psnr_db, distortion.ssim, row.report.k, row.on_hull, row.knee});
    }
  }
  return curves;
}

Report sweep_report(const SweepResult& result, std::span<const RowPictures> pictures) {
  Report report;
  const CurveLabels label(result);
  PictureBudget budget;
  for (const RowPictures& image : pictures) {
    report.images.push_back(image.image());
    std::vector<std::byte>& picture = report.images.back().picture;
    if (!budget.take(picture.size())) picture.clear();
  }
  for (std::size_t at = 0; at < result.images.size(); ++at) {
    const SweptImage& image = result.images[at];
    const std::size_t first = report.curves.size();
    for (std::size_t number = 0; number < image.rows.size(); ++number) {
      ReportRow row = report_row(image, image.rows[number]);
      row.image = at;
      row.curve = place_of(label.of(image, image.rows[number]), first, report.curves);
      const RowPicture& picture = pictures[at].row(number);
      if (budget.take(picture.size_bytes())) row.picture = picture;
      report.rows.push_back(std::move(row));
    }
  }
  return report;
}

}  // namespace vqi::tool
