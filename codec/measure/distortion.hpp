// Distortion for a caller that already has a thread pool, with SSIM or without.
#pragma once

#include "parallel.hpp"
#include "vqi/metrics.hpp"
#include "work.hpp"

namespace vqi::detail {

/// As `measure_distortion` in vqi/metrics.hpp, within a stage that the caller has begun.
[[nodiscard]] Distortion measure_distortion(const ImageView& reference, const ImageView& other, const Work& work);

/// The same without `ssim`, which takes many times as long as the rest.
[[nodiscard]] Distortion measure_errors(const ImageView& reference, const ImageView& other, const ThreadPool& pool);

}  // namespace vqi::detail
