// Distortion of two images by rows, for a caller that has a thread pool, with SSIM or without.
#pragma once

#include <cstdint>

#include "integer.hpp"
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

/// Sums over the samples of an image or of some of its rows. 2^32 x 2^32 pixels of 16 bits stay exact.
struct ErrorSums {
  uint128 squares = 0;           ///< of differences, with alpha premultiplied
  uint128 straight_squares = 0;  ///< the same of straight samples
  std::uint32_t max_error = 0;   ///< of straight samples

  void add(const ErrorSums& other) noexcept;
};
[[nodiscard]] ErrorSums sum_errors(const ComparedRows& rows, const Work& work);

/// The distortion of a whole image of this size and type.
[[nodiscard]] Distortion distortion_of(const ErrorSums& sums, std::uint32_t width_px, std::uint32_t height_px,
                                       std::uint32_t channels, std::uint32_t bit_depth) noexcept;

}  // namespace vqi::detail
