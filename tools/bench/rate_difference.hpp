// mean_rate_difference: how much more or less one way of encoding takes than another at equal PSNR.
#pragma once

#include <optional>
#include <span>

namespace vqi::bench {

/// What one encode came to.
struct RatedPsnr {
  double psnr_db = 0;
  double bytes = 0;
};

/// The mean difference of the logarithms of bytes over the PSNR that both curves reach, as a part: -0.25 is a quarter
/// less (Bjontegaard, VCEG-M33, 2001), between points along straight lines. None where the curves do not overlap.
[[nodiscard]] std::optional<double> mean_rate_difference(std::span<const RatedPsnr> reference,
                                                         std::span<const RatedPsnr> other);

}  // namespace vqi::bench
