// mean_rate_difference: how many more bytes one way of encoding takes than another at equal quality.
#pragma once

#include <optional>
#include <span>

namespace vqi::bench {

/// Quality and size of one encode.
struct RatedQuality {
  double quality = 0;  ///< PSNR in dB, or another figure that is higher where a picture is better
  double bytes = 0;
};

/// The mean difference of ln(bytes) over the range of quality that both curves cover, as a relative difference of
/// bytes: -0.25 means that `other` takes a quarter less (Bjontegaard, VCEG-M33, 2001). Points are joined by straight
/// lines; of points with one quality the smallest counts. None if a curve has fewer than two points, or if the ranges
/// do not overlap.
[[nodiscard]] std::optional<double> mean_rate_difference(std::span<const RatedQuality> reference,
                                                         std::span<const RatedQuality> other);

}  // namespace vqi::bench
