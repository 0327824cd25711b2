// A sweep's rows as plots and reports have them: joined to curves, with labels, commands and pictures.
#pragma once

#include <span>
#include <vector>

#include "rate_curve.hpp"
#include "report_page.hpp"
#include "row_pictures.hpp"
#include "sweep_result.hpp"

namespace vqi::tool {

/// A curve for each image and each way of encoding, its points in the order of their rows. Rows that
/// differ in nothing that is drawn are one point: an image with few colours has many.
[[nodiscard]] std::vector<RateCurve> rate_curves(const SweepResult& result);

/// All rows in their order; pictures, those of each image, as far as a page has room for them.
[[nodiscard]] Report sweep_report(const SweepResult& result, std::span<const RowPictures> pictures);

}  // namespace vqi::tool
