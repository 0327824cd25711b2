// The words of the progress line: what is being done, how far it is, how fast, and how long it will take.
#pragma once

#include <string>

#include "vqi/options.hpp"
#include "vqi/run_options.hpp"

namespace vqi::tool {

/// How the time of an encode divides into its stages; the sum is 1.
struct StageShares {
  double train = 0.7;
  double assign = 0.05;
  double encode = 0.05;
  double measure = 0.2;
};

/// Shares as on a photograph at K = 256: a context model takes as long to decode, for measuring, as to encode.
[[nodiscard]] StageShares stage_shares(const EncodeOptions& options) noexcept;

/// The part of the whole work that is done when a stage is as far as `progress` says. Work that is not
/// an encode has one stage.
[[nodiscard]] double overall_fraction(const Progress& progress, const StageShares& shares) noexcept;

/// Such as "training 43 %, 12 %/s, 6 s left  photo.png". `seconds` since the work began; rate and
/// remaining time come once there is something to tell them from.
[[nodiscard]] std::string progress_text(const Progress& progress, double seconds, const std::string& label,
                                        const StageShares& shares = {});

}  // namespace vqi::tool
