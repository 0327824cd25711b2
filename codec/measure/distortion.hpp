// Distortion of two images by rows, for a caller that has a thread pool, with SSIM or without.
#pragma once

#include "pixel_rows.hpp"
#include "vqi/metrics.hpp"
#include "work.hpp"

namespace vqi::detail {

/// As `measure_distortion` in vqi/metrics.hpp, within a stage that the caller has begun.
[[nodiscard]] Distortion measure_distortion(const ComparedRows& rows, const Work& work);

/// The same with more figures.
[[nodiscard]] Distortion measure_distortion(const ComparedRows& rows, const MoreFigures& more, const Work& work);

/// The same without `ssim`, which takes many times as long as the rest.
[[nodiscard]] Distortion measure_errors(const ComparedRows& rows, const Work& work);

}  // namespace vqi::detail
