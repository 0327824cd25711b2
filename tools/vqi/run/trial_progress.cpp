// A trial that is much less far than it was is the next one.
#include "trial_progress.hpp"

#include <algorithm>

namespace vqi::tool {
namespace {

/// Part of what remains that a trial is taken for: searches make some 10 to 20 trials.
constexpr double trial_part = 0.12;
/// Stages of one trial may overlap by less.
constexpr double new_trial_fall = 0.2;

}  // namespace

Progress TrialProgress::next(const Progress& trial) noexcept {
  const double inside = overall_fraction(trial, shares_);
  if (inside < inside_ - new_trial_fall) {
    before_ += (1 - before_) * trial_part;
    inside_ = 0;
  }
  inside_ = std::max(inside_, inside);
  return {Stage::search, before_ + (1 - before_) * trial_part * inside_};
}

}  // namespace vqi::tool
