// RowProgress: reports to the caller's callback how much of an image file is done, and stops if it returns false.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>

#include "vqi/error.hpp"
#include "vqi/run_options.hpp"

namespace vqi::detail {

class RowProgress {
 public:
  /// `stage` is read or write; `rows` is the number of rows of all passes together.
  RowProgress(const ProgressCallback& callback, Stage stage, std::uint64_t rows)
      : callback_(callback), stage_(stage), rows_(rows) {}

  /// Calls `work(begin, end)` for rows 0 to `count` in bands, each of which takes a few milliseconds at most, and
  /// the callback between them, every 20 ms as ProgressReporter does. Throws Error{cancelled}.
  template <typename Work>
  void in_bands(std::uint32_t count, const Work& work) {
    constexpr std::uint32_t band_rows = 16;
    for (std::uint32_t begin = 0; begin < count; begin += std::min(band_rows, count - begin)) {
      report();
      const std::uint32_t end = begin + std::min(band_rows, count - begin);
      work(begin, end);
      done_ += end - begin;
    }
  }

  /// Reports that `done` of the rows are done, for work that does not come in rows. Throws Error{cancelled}.
  void report_at(std::uint64_t done) {
    done_ = done;
    report();
  }

 private:
  using Clock = std::chrono::steady_clock;

  void report() {
    constexpr std::chrono::milliseconds interval{20};
    if (!callback_ || Clock::now() < next_) return;
    next_ = Clock::now() + interval;
    if (!callback_({stage_, static_cast<double>(done_) / static_cast<double>(rows_)}))
      throw Error(ErrorCode::cancelled,
                  stage_ == Stage::read ? "stopped while reading the image" : "stopped while writing the image");
  }

  const ProgressCallback& callback_;
  Stage stage_;
  std::uint64_t rows_;
  std::uint64_t done_ = 0;
  Clock::time_point next_{};
};

}  // namespace vqi::detail
