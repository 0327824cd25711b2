// mean_rate_difference: how many more bytes one way of encoding takes than another at equal PSNR.
#pragma once

#include <optional>
#include <span>

namespace vqi::bench {

/// PSNR and size of one encode.
struct RatedPsnr {
  double psnr_db = 0;
  double bytes = 0;
};

/// The mean difference of ln(bytes) over the range of PSNR that both curves cover, as a relative difference of bytes:
/// -0.25 means that `other` takes a quarter less (Bjontegaard, VCEG-M33, 2001). Points are joined by straight lines.
/// None if a curve has fewer than two points, or if the ranges do not overlap.
[[nodiscard]] std::optional<double> mean_rate_difference(std::span<const RatedPsnr> reference,
                                                         std::span<const RatedPsnr> other);

}  // namespace vqi::bench
