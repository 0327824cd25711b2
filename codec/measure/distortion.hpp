// Distortion on the threads of a call that is under way, whole or without SSIM.
#pragma once

#include "parallel.hpp"
#include "vqi/metrics.hpp"
#include "work.hpp"

namespace vqi::detail {

/// As `measure_distortion` in vqi/metrics.hpp, within a stage that the caller has begun.
[[nodiscard]] Distortion measure_distortion(const ImageView& reference, const ImageView& other, const Work& work);

/// All of that but `ssim`, which costs many times as much.
[[nodiscard]] Distortion measure_errors(const ImageView& reference, const ImageView& other, const ThreadPool& pool);

}  // namespace vqi::detail
