// Words the progress line: what is being done, how much is done, how fast, and the time that remains.
#pragma once

#include <string>

#include "vqi/options.hpp"
#include "vqi/run_options.hpp"

namespace vqi::tool {

/// The share of each stage in the time of an encode; the sum is 1. The defaults are for the model "fast".
struct StageShares {
  double train = 0.7;
  double assign = 0.05;
  double encode = 0.05;
  double measure = 0.2;
};

/// Rough shares of time for one photograph at K = 256. `measure` decodes, which takes a context model as long as
/// encoding.
[[nodiscard]] StageShares stage_shares(const EncodeOptions& options) noexcept;

/// The fraction of the whole work that is done, 0..1. Work that is not an encode has one stage, whose fraction it is.
[[nodiscard]] double overall_fraction(const Progress& progress, const StageShares& shares) noexcept;

/// A line such as "training 43 %, 12 %/s, 6 s left  photo.png". `seconds` is the time since the work began. Rate and
/// remaining time are left out until 2 % are done.
[[nodiscard]] std::string progress_text(const Progress& progress, double seconds, const std::string& label,
                                        const StageShares& shares = {});

}  // namespace vqi::tool
