// sweep: rows of one image, encoded at once, that share what does not depend on their options.
#include <algorithm>
#include <atomic>
#include <cmath>
#include <exception>
#include <mutex>
#include <utility>

#include "colour_options.hpp"
#include "prepared_image.hpp"
#include "restore_choice.hpp"
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

/// Expected work of a row in arbitrary units: nearly constant for few codewords, then growing with the square root of
/// K, since pruning by bounding boxes leaves about sqrt(K) codewords to compare with.
double row_weight(const EncodeOptions& options) noexcept { return 8 + std::sqrt(k_of(options)); }

bool share_vectors(const EncodeOptions& a, const EncodeOptions& b) noexcept {
  return a.block_width_px == b.block_width_px && a.block_height_px == b.block_height_px && share_training_vectors(a, b);
}

/// About the most memory that a row takes while it is encoded: for the index map and its coded form, the decoded image
/// where it is verified, and the data that training keeps on vectors and codewords.
double row_bytes(const ImageView& image, const EncodeOptions& options, std::uint64_t distinct_vectors) noexcept {
  const double pixels = static_cast<double>(image.width_px) * image.height_px;
  const double block_px = static_cast<double>(options.block_width_px) * options.block_height_px;
  const double dimension = block_px * image.channels;
  const double decoded_bytes = options.verify ? pixels * static_cast<double>(image.pixel_bytes()) : 0;
  return decoded_bytes + 6 * pixels / block_px + 16 * static_cast<double>(distinct_vectors) +
         48 * k_of(options) * dimension;
}

class Sweep {
 public:
  Sweep(const ImageView& image, std::span<const EncodeOptions> rows, const SweepRowCallback& on_row,
        const RunOptions& run)
      : image_(image), on_row_(on_row), run_(run), work_(run), rows_(rows.size()), done_(rows.size()) {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      rows_[i].options = checked_options(image, rows[i]);
      check_encode_memory(image, rows_[i].options, run);
      total_weight_ += row_weight(rows_[i].options);
    }
  }

  std::vector<SweepRow> encode_all() {
    work_.progress.begin(Stage::sweep);
    for (std::size_t begin = 0; begin < rows_.size();) {
      std::size_t end = begin + 1;
      while (end < rows_.size() && share_vectors(rows_[begin].options, rows_[end].options)) ++end;
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
    const PreparedImage prepared(image_, rows_[begin].options, {work_.pool, preparing});
    std::atomic<std::size_t> next{begin};
    work_.pool.for_each(rows_at_once(begin, end, prepared.distinct_vectors()), [&](std::size_t) {
      for (std::size_t i = next++; i < end && !failed_; i = next++) run_row(prepared, i);
    });
    if (failure_ != nullptr) std::rethrow_exception(failure_);
  }

  /// The number of rows that may be encoded at once.
  [[nodiscard]] std::size_t rows_at_once(std::size_t begin, std::size_t end, std::uint64_t distinct_vectors) const {
    double largest = 1;
    for (std::size_t i = begin; i < end; ++i)
      largest = std::max(largest, row_bytes(image_, rows_[i].options, distinct_vectors));
    const double by_memory = std::max(1.0, static_cast<double>(run_.max_memory_bytes) / largest);
    const std::size_t by_threads = std::min<std::size_t>(work_.pool.threads(), end - begin);
    return by_memory < static_cast<double>(by_threads) ? static_cast<std::size_t>(by_memory) : by_threads;
  }

  /// Encodes row `i`. The first failure of any row is kept and stops the other rows; `on_row` is not called after it.
  void run_row(const PreparedImage& prepared, std::size_t i) noexcept {
    try {
      const ProgressCallback callback = [&](const Progress& progress) {
        done_[i] = row_weight(rows_[i].options) * row_fraction(progress);
        return report_all();
      };
      ProgressReporter progress(callback);
      const Work work{work_.pool, progress};
      progress.begin(Stage::train);
      const EncodeOptions& options = rows_[i].options;
      Encoded encoded = finish_encode(image_, write_quantized(image_, prepared.quantize(options, work), options, work),
                                      options, work);
      warn_without_restore(options, encoded.report);
      done_[i] = row_weight(rows_[i].options);
      report_all();
      rows_[i].report = std::move(encoded.report);
      call_on_row(i, encoded.bytes);
    } catch (...) {
      const std::lock_guard lock(mutex_);
      keep_failure();
    }
  }

  /// Calls `on_row` unless a row has failed; what it throws is kept before another thread may call it.
  void call_on_row(std::size_t i, std::span<const std::byte> bytes) noexcept {
    const std::lock_guard lock(mutex_);
    try {
      if (on_row_ && !failed_) on_row_(i, rows_[i], bytes);
    } catch (...) {
      keep_failure();
    }
  }

  /// Keeps the exception being handled if it is the first. `mutex_` is held.
  void keep_failure() noexcept {
    if (!failed_.exchange(true)) failure_ = std::current_exception();
  }

  /// Reports how far all rows are; false if the work is to stop.
  bool report_all() {
    double done = 0;
    for (const std::atomic<double>& part : done_) done += part;
    work_.progress.report(done / total_weight_);
    return work_.progress.keep_going() && !failed_;
  }

  const ImageView& image_;
  const SweepRowCallback& on_row_;
  const RunOptions& run_;
  CallWork work_;
  std::vector<SweepRow> rows_;
  std::vector<std::atomic<double>> done_;
  double total_weight_ = 0;
  std::mutex mutex_;
  std::atomic<bool> failed_{false};
  std::exception_ptr failure_;
};

}  // namespace

std::vector<SweepRow> sweep(ImageView image, std::span<const EncodeOptions> rows, const SweepRowCallback& on_row,
                            const RunOptions& run) {
  return Sweep(image, rows, on_row, run).encode_all();
}

}  // namespace vqi
