// oklab_mse: how far two images are from each other in Oklab.
#pragma once

#include <cstddef>
#include <cstdint>

#include "oklab.hpp"
#include "pixel_rows.hpp"
#include "work.hpp"

namespace vqi::detail {

/// The squared distance of two pixels that `Distortion::mse_oklab` is the mean of.
class OklabDistance {
 public:
  OklabDistance(std::uint32_t channels, std::uint32_t bit_depth);

  /// Of the pixels whose samples begin at `p` and `q`.
  [[nodiscard]] double operator()(const std::byte* p, const std::byte* q) const noexcept;

 private:
  /// A pixel in Oklab, multiplied by its alpha of 0 .. 1.
  struct CoveredColour {
    OklabColour colour;
    double alpha = 1;
  };
  [[nodiscard]] CoveredColour covered(const std::byte* pixel) const noexcept;

  std::uint32_t channels_;
  std::uint32_t bit_depth_;
  std::uint32_t max_value_;
  Oklab oklab_;
};

/// `Distortion::mse_oklab`. The same at any number of threads. Throws Error{cancelled}.
[[nodiscard]] double oklab_mse(const ComparedRows& rows, const Work& work);

}  // namespace vqi::detail
