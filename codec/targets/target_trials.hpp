// TargetTrials: what every search for a target shares: the prepared image, the goal, the time, and progress over an
// unknown number of trials.
#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <optional>
#include <utility>

#include "prepared_image.hpp"
#include "target_goal.hpp"

namespace vqi::detail {

class TargetTrials {
 public:
  /// Borrows everything but `step`, which is for progress: each trial counts as this part of the remaining work.
  TargetTrials(const ImageView& image, const Target& target, const EncodeOptions& options, const RunOptions& run,
               double step = 0.2)
      : image_(image),
        goal_(image, target),
        call_(run),
        step_(step),
        trial_callback_([this](const Progress& progress) { return report(progress); }),
        trial_progress_(trial_callback_) {
    call_.progress.begin(Stage::search);
    prepared_.emplace(image_, options, work());
  }
  TargetTrials(const TargetTrials&) = delete;
  TargetTrials& operator=(const TargetTrials&) = delete;

  [[nodiscard]] const TargetGoal& goal() const noexcept { return goal_; }
  [[nodiscard]] const PreparedImage& prepared() const noexcept { return *prepared_; }
  /// The pool, and the progress of the current trial.
  [[nodiscard]] Work work() noexcept { return {call_.pool, trial_progress_}; }
  [[nodiscard]] std::uint32_t k_max() const noexcept {
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(codewords_max, prepared_->distinct_vectors()));
  }

  /// Begins a trial: trains and assigns.
  [[nodiscard]] QuantizedImage quantize(const EncodeOptions& options, RungMemory* memory = nullptr) {
    ++trials_begun_;
    trial_progress_.begin(Stage::train);
    return prepared_->quantize(options, work(), memory);
  }
  /// A trial up to its stream.
  [[nodiscard]] WrittenImage write(const EncodeOptions& options, RungMemory* memory = nullptr) {
    return write_quantized(image_, quantize(options, memory), options, work());
  }

  /// What the search found, measured and with `options.verify` verified; all that the other trials took counts as
  /// training.
  [[nodiscard]] Encoded finish(WrittenImage best, const EncodeOptions& options) {
    EncodeReport& report = best.report;
    report.k_chosen = std::exchange(report.k_requested, std::nullopt);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    report.seconds.train = seconds - report.seconds.assign - report.seconds.encode;
    prepared_.reset();  // before measuring takes its memory
    return finish_encode(image_, std::move(best), options, call_);
  }

 private:
  bool report(const Progress& progress) {
    const double within = progress.stage == Stage::train ? 0.5 * progress.fraction : 0.5 + 0.5 * progress.fraction;
    call_.progress.report(1 - std::pow(1 - step_, std::max(0, trials_begun_ - 1) + within));
    return call_.progress.keep_going();
  }

  const ImageView& image_;
  TargetGoal goal_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  CallWork call_;
  double step_;
  ProgressCallback trial_callback_;
  ProgressReporter trial_progress_;
  int trials_begun_ = 0;
  std::optional<PreparedImage> prepared_;
};

}  // namespace vqi::detail
