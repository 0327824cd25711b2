// The rate limit, and the words of a cancelled call.
#include "progress.hpp"

#include <algorithm>

#include "vqi/error.hpp"

namespace vqi::detail {
namespace {

const char* stage_words(Stage stage) {
  switch (stage) {
    case Stage::train:
      return "training";
    case Stage::assign:
      return "assigning codewords";
    case Stage::encode:
      return "writing the stream";
    case Stage::measure:
      return "measuring the distortion";
    case Stage::decode:
      return "decoding";
    case Stage::sweep:
      return "sweeping";
    case Stage::search:
      return "searching for K";
    case Stage::read:
      return "reading";
    case Stage::write:
      return "writing";
  }
  return "working";
}

}  // namespace

void ProgressReporter::begin(Stage stage) {
  stage_ = stage;
  next_report_ = 0;
  report(0);
  throw_if_cancelled();
}

void ProgressReporter::report(double fraction) {
  fraction_.store(fraction, std::memory_order_relaxed);
  if (!callback_ || !keep_going()) return;
  const Clock::time_point now = Clock::now();
  if (now.time_since_epoch().count() < next_report_.load(std::memory_order_relaxed)) return;
  const std::unique_lock lock(mutex_, std::try_to_lock);
  if (!lock.owns_lock() || !keep_going()) return;
  next_report_ = (now + interval_).time_since_epoch().count();
  try {
    if (!callback_({stage_, std::clamp(fraction, 0.0, 1.0)})) cancelled_ = true;
  } catch (...) {
    failure_ = std::current_exception();
    cancelled_ = true;
    throw;
  }
}

void ProgressReporter::poll() {
  report(fraction_.load(std::memory_order_relaxed));
  throw_if_cancelled();
}

void ProgressReporter::throw_if_cancelled() const {
  if (!cancelled_.load(std::memory_order_acquire)) return;
  if (failure_ != nullptr) std::rethrow_exception(failure_);
  throw Error(ErrorCode::cancelled, std::string("stopped while ") + stage_words(stage_));
}

}  // namespace vqi::detail
