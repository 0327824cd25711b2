// sweep: rows of one image encoded at once, over what they have in common.
#include <algorithm>
#include <atomic>
#include <cmath>
#include <exception>
#include <mutex>
#include <utility>

#include "prepared_image.hpp"
#include "vqi/sweep.hpp"

namespace vqi {
using namespace detail;
namespace {

/// The part of a row's work that is done; stages weigh as they do on a photograph at the default effort.
double row_fraction(const Progress& progress) noexcept {
  switch (progress.stage) {
    case Stage::train:
      return 0.7 * progress.fraction;
    case Stage::assign:
      return 0.7 + 0.05 * progress.fraction;
    case Stage::encode:
      return 0.75 + 0.05 * progress.fraction;
    default:
      return 0.8 + 0.2 * progress.fraction;
  }
}

/// Expected work of a row in arbitrary units: much the same at few codewords, then rising with their root,
/// as the bounding boxes leave about so many to compare with.
double row_weight(const EncodeOptions& options) noexcept { return 8 + std::sqrt(options.k); }

bool share_vectors(const EncodeOptions& a, const EncodeOptions& b) noexcept {
  return a.block_width_px == b.block_width_px && a.block_height_px == b.block_height_px;
}

/// What one row takes at the most while it is under way, roughly: index map and its coded form, the decoded
/// image, and what training keeps of vectors and codewords.
double row_bytes(const ImageView& image, const EncodeOptions& options, std::uint64_t distinct_vectors) noexcept {
  const double pixels = static_cast<double>(image.width_px) * image.height_px;
  const double block_px = static_cast<double>(options.block_width_px) * options.block_height_px;
  const double dimension = block_px * image.channels;
  return pixels * static_cast<double>(image.pixel_bytes()) + 6 * pixels / block_px +
         16 * static_cast<double>(distinct_vectors) + 48 * options.k * dimension;
}

class Sweep {
 public:
  Sweep(const ImageView& image, const SweepOptions& options)
      : image_(image),
        options_(options),
        pool_(options.threads),
        progress_(options.progress),
        done_(options.rows.size()) {
    rows_.resize(options.rows.size());
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      validate_encode(image, options.rows[i]);
      rows_[i].options = options.rows[i];
      total_weight_ += row_weight(options.rows[i]);
    }
  }

  std::vector<SweepRow> run() {
    progress_.begin(Stage::sweep);
    for (std::size_t begin = 0; begin < rows_.size();) {
      std::size_t end = begin + 1;
      while (end < rows_.size() && share_vectors(options_.rows[begin], options_.rows[end])) ++end;
      run_sharing(begin, end);
      begin = end;
    }
    std::vector<RatePoint> points;
    for (const SweepRow& row : rows_) points.push_back({row.report.bpp, row.report.distortion.mse});
    const RateHull hull = find_rate_hull(points);
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      rows_[i].on_hull = hull.on_hull[i];
      rows_[i].knee = hull.knee == i;
    }
    return std::move(rows_);
  }

 private:
  /// Rows begin .. end - 1, which have the same vectors.
  void run_sharing(std::size_t begin, std::size_t end) {
    const ProgressCallback keep_going = [this](const Progress&) { return report_all(); };
    ProgressReporter preparing(keep_going);
    const PreparedImage prepared(image_, options_.rows[begin], {pool_, preparing});
    std::atomic<std::size_t> next{begin};
    pool_.for_each(lanes(begin, end, prepared.distinct_vectors()), [&](std::size_t) {
      for (std::size_t i = next++; i < end && !failed_; i = next++) run_row(prepared, i);
    });
    if (failure_ != nullptr) std::rethrow_exception(failure_);
  }

  /// Rows that may be under way at once.
  [[nodiscard]] std::size_t lanes(std::size_t begin, std::size_t end, std::uint64_t distinct_vectors) const {
    double largest = 1;
    for (std::size_t i = begin; i < end; ++i)
      largest = std::max(largest, row_bytes(image_, options_.rows[i], distinct_vectors));
    const double by_memory = std::max(1.0, static_cast<double>(options_.max_memory_bytes) / largest);
    const std::size_t by_threads = std::min<std::size_t>(pool_.threads(), end - begin);
    return by_memory < static_cast<double>(by_threads) ? static_cast<std::size_t>(by_memory) : by_threads;
  }

  /// Encodes row `i`. The first failure of any row is kept and ends the others; none is told of after it.
  void run_row(const PreparedImage& prepared, std::size_t i) noexcept {
    try {
      const ProgressCallback callback = [&](const Progress& progress) {
        done_[i] = row_weight(options_.rows[i]) * row_fraction(progress);
        return report_all();
      };
      ProgressReporter progress(callback);
      const Work work{pool_, progress};
      progress.begin(Stage::train);
      Encoded encoded = measure_written(image_, prepared.write(options_.rows[i], work), work);
      done_[i] = row_weight(options_.rows[i]);
      report_all();
      rows_[i].report = std::move(encoded.report);
      tell_of_row(i, encoded.bytes);
    } catch (...) {
      const std::lock_guard lock(mutex_);
      keep_failure();
    }
  }

  /// Calls `on_row` unless a row has failed; what it throws is kept before another thread may call it.
  void tell_of_row(std::size_t i, std::span<const std::byte> bytes) noexcept {
    const std::lock_guard lock(mutex_);
    try {
      if (options_.on_row && !failed_) options_.on_row(i, rows_[i], bytes);
    } catch (...) {
      keep_failure();
    }
  }

  /// Keeps the exception being handled if it is the first. `mutex_` is held.
  void keep_failure() noexcept {
    if (!failed_.exchange(true)) failure_ = std::current_exception();
  }

  /// Tells how far all rows are; false if the work is to stop.
  bool report_all() {
    double done = 0;
    for (const std::atomic<double>& part : done_) done += part;
    progress_.report(done / total_weight_);
    return progress_.keep_going() && !failed_;
  }

  const ImageView& image_;
  const SweepOptions& options_;
  ThreadPool pool_;
  ProgressReporter progress_;
  std::vector<SweepRow> rows_;
  std::vector<std::atomic<double>> done_;
  double total_weight_ = 0;
  std::mutex mutex_;
  std::atomic<bool> failed_{false};
  std::exception_ptr failure_;
};

}  // namespace

std::vector<SweepRow> sweep(ImageView image, const SweepOptions& options) { return Sweep(image, options).run(); }

}  // namespace vqi
