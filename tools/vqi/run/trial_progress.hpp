// Tells a search that makes one trial after another as one stage.
#pragma once

#include "progress_text.hpp"
#include "vqi/run_options.hpp"

namespace vqi::tool {

/// Turns the progress of trials, each of which begins anew, into that of one search whose fraction never falls. How
/// many trials there will be nobody knows: each is taken for a fixed part of what remains.
class TrialProgress {
 public:
  /// `shares` are those of one trial.
  explicit TrialProgress(const StageShares& shares) noexcept : shares_(shares) {}

  [[nodiscard]] Progress next(const Progress& trial) noexcept;

 private:
  StageShares shares_;
  double before_ = 0;  // of the search, by earlier trials
  double inside_ = 0;  // of this trial
};

}  // namespace vqi::tool
