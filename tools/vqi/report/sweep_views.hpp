// Turns the result of a sweep into the curves of a plot, and into a report with commands and pictures.
#pragma once

#include <span>
#include <vector>

#include "rate_curve.hpp"
#include "report_page.hpp"
#include "row_pictures.hpp"
#include "sweep_result.hpp"

namespace vqi::tool {

/// A curve for each image, unless there are means and not `each` is asked for, and for each combination of options that
/// vary beside K; without several K a curve joins the values of lambda and effort. Points are in the order of the rows.
/// Successive rows with the same K and rate are one point, as rows with K above the number of colours are alike.
[[nodiscard]] std::vector<RateCurve> rate_curves(const SweepResult& result, bool each = false);

/// All rows in order. `pictures` has an entry for each image; pictures are added as far as the page has room.
[[nodiscard]] Report sweep_report(const SweepResult& result, std::span<const RowPictures> pictures);

}  // namespace vqi::tool
