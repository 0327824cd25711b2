// Words the progress line: what is being done, how much is done, how fast, and the time that remains.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "vqi/options.hpp"
#include "vqi/run_options.hpp"

namespace vqi::tool {

/// The share of each stage in the time of an encode; the sum is 1. The defaults are for packed indices.
struct StageShares {
  double train = 0.7;
  double assign = 0.05;
  double encode = 0.05;
  double measure = 0.2;
  double write = 0;  ///< of work in which writing is more than handing bytes over; where it is 0 writing stands alone
};

/// Rough shares of time for one photograph (kodim04) at K = 256.
[[nodiscard]] StageShares stage_shares(const EncodeOptions& options) noexcept;

/// The same for a palette PNG, of which packing the pixels takes most, and choosing them with `method` ecvq.
[[nodiscard]] StageShares palette_png_shares(Method method) noexcept;

/// The fraction of the whole work that is done, 0..1. Work that is not an encode has one stage, whose fraction it is.
[[nodiscard]] double overall_fraction(const Progress& progress, const StageShares& shares) noexcept;

/// What the line says beside what is being done.
struct ProgressFacts {
  double seconds = 0;        ///< since the work on this input began
  std::uint64_t pixels = 0;  ///< of the input; 0 if they are not known, or are worked on more than once
  /// Of a batch of several inputs: the part of it that is done, and its time. None for a single input.
  std::optional<double> batch_fraction;
  double batch_seconds = 0;
};

/// A line such as "training 43 %, 1.2 MP/s, 6 s left  photo.png". The remaining time is that of the batch, and is left
/// out in its first two seconds and until 2 % of it are done.
[[nodiscard]] std::string progress_text(const Progress& progress, const ProgressFacts& facts, const std::string& label,
                                        const StageShares& shares = {});

}  // namespace vqi::tool
