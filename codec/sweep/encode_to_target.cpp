// encode_to_target: bracketing the number of codewords that meets a target, on real streams.
#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <limits>
#include <string>
#include <utility>

#include "crossing_search.hpp"
#include "effort.hpp"
#include "prepared_image.hpp"
#include "vqi/sweep.hpp"

namespace vqi {
namespace {

using Clock = std::chrono::steady_clock;

/// dB per unit of ln K: 3 dB where K doubles, as on photographs. The first steps only have to come near.
constexpr double first_psnr_slope = 4.3;
/// Where they start: cheap, and not far from where photographs are usable.
constexpr double first_psnr_k = 16;
constexpr std::uint32_t probe_effort = effort_min;
constexpr int probes_max = 5;
/// dB by which higher efforts are better, on 8 photographs at K = 16 to 2400: 0.14 to 0.25 from effort 3 on.
constexpr double probe_loss_db = 0.17;
constexpr std::uint32_t searching_effort = 3;
/// A guess that moved by less than this factor of K is left to the trials at full effort.
constexpr double near_enough = 1.35;
/// Bytes of a stream that hold neither codebook nor indices, about.
constexpr double frame_bytes = 150;

/// `value` as a person would write it.
std::string decimal(double value) {
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%.10g", value);
  return text.data();
}

// Figures that may be asked for as they are printed: rounded to the side on which they are reached.
std::string decimal_below(double value) { return decimal(std::floor(value * 1e4) / 1e4); }
std::string decimal_above(double value) { return decimal(std::ceil(value * 1e4) / 1e4); }

void validate_target(const Target& target) {
  int count = target.max_bytes ? 1 : 0;
  for (const std::optional<double>& value : {target.psnr_db, target.ratio, target.bpp}) {
    count += value ? 1 : 0;
    if (value && !(*value > 0 && std::isfinite(*value)))
      throw Error(ErrorCode::invalid_option, "target is " + decimal(*value) + "; it must be above 0");
  }
  if (count != 1) throw Error(ErrorCode::invalid_option, std::to_string(count) + " targets are set; it must be one");
}

class TargetSearch {
 public:
  TargetSearch(const ImageView& image, const Target& target, const EncodeOptions& options)
      : image_(image),
        target_(target),
        options_(options),
        pool_(options.threads),
        progress_(options.progress),
        trial_callback_([this](const Progress& progress) { return report(progress); }),
        trial_progress_(trial_callback_) {}

  Encoded run() {
    progress_.begin(Stage::search);
    prepared_.emplace(image_, options_, pool_, trial_progress_);
    k_max_ = static_cast<std::uint32_t>(std::min<std::uint64_t>(codewords_max, prepared_->distinct_vectors()));
    const CrossingSearch search = target_.psnr_db ? psnr_search() : size_search();
    static_cast<void>(find_crossing(search, [&](std::uint32_t k) { return trial(k); }));
    if (!best_) fail_unreachable();
    EncodeReport& report = best_->report;
    report.k_requested.reset();
    const double seconds = std::chrono::duration<double>(Clock::now() - start_).count();
    report.seconds.train = seconds - report.seconds.assign - report.seconds.encode;
    return measure_written(image_, std::move(*best_), pool_, progress_);
  }

 private:
  [[nodiscard]] WrittenImage write(std::uint32_t k, std::uint32_t effort) {
    EncodeOptions own = options_;
    own.k = k;
    own.effort = effort;
    trial_progress_.begin(Stage::train);
    WrittenImage written = prepared_->write(own, trial_progress_);
    ++trials_;
    return written;
  }

  /// Tells of the search as a whole, whose length nobody knows: each trial does a fifth of what is left.
  bool report(const Progress& progress) {
    const double within = progress.stage == Stage::train ? 0.8 * progress.fraction : 0.8 + 0.2 * progress.fraction;
    progress_.report(1 - std::pow(0.8, trials_ + within));
    return progress_.keep_going();
  }

  /// PSNR less its target; infinite if lossless.
  [[nodiscard]] double psnr_gap(const WrittenImage& written) const {
    const std::optional<double> psnr = measure_written_errors(image_, written, pool_).psnr_db;
    return psnr ? *psnr - *target_.psnr_db : std::numeric_limits<double>::infinity();
  }

  /// Bytes that the target allows.
  [[nodiscard]] double bytes_allowed() const {
    const double pixels = static_cast<double>(image_.width_px) * image_.height_px;
    if (target_.max_bytes) return static_cast<double>(*target_.max_bytes);
    if (target_.bpp) return *target_.bpp * pixels / 8;
    return pixels * static_cast<double>(image_.pixel_bytes()) / *target_.ratio;
  }

  [[nodiscard]] bool fits(const EncodeReport& report) const {
    if (target_.max_bytes) return report.bytes.file <= *target_.max_bytes;
    return target_.bpp ? report.bpp <= *target_.bpp : report.ratio >= *target_.ratio;
  }

  /// One K at full effort. Where it meets the target it is the best so far, as trials close in.
  CrossingTrial trial(std::uint32_t k) {
    WrittenImage written = write(k, options_.effort);
    CrossingTrial result;
    bool met = false;
    if (target_.psnr_db) {
      result.gap = psnr_gap(written);
      result.passes = met = result.gap >= 0;
    } else {
      result.gap = static_cast<double>(written.report.bytes.file) - bytes_allowed();
      met = fits(written.report);
      result.passes = !met;
    }
    if (met)
      best_ = std::move(written);
    else
      missed_ = {k, written.report, result.gap};
    return result;
  }

  /// Guesses by trials at the lowest effort, which lose little PSNR and most of the time.
  [[nodiscard]] CrossingSearch psnr_search() {
    const CrossingLine line{static_cast<double>(prepared_->distinct_vectors())};
    CrossingSearch search{k_max_, std::min<double>(first_psnr_k, k_max_), first_psnr_slope, line};
    const double loss_db = options_.effort >= searching_effort ? probe_loss_db : 0;
    double last_k = 0;
    double last_gap = 0;
    for (int probe = 0; probe < probes_max; ++probe) {
      const double k = std::round(search.guess);
      const double gap = loss_db + psnr_gap(write(static_cast<std::uint32_t>(k), probe_effort));
      if (!std::isfinite(gap)) break;
      if (probe > 0 && (gap - last_gap) / (k - last_k) > 0)
        search.slope = (gap - last_gap) / (line.position(k) - line.position(last_k));
      search.guess = std::clamp<double>(line.k_at(line.position(k) - gap / search.slope), 1, k_max_);
      const double moved = search.guess / k;
      if (moved < near_enough && moved > 1 / near_enough) break;
      last_k = k;
      last_gap = gap;
    }
    return search;
  }

  /// Guesses by the size of packed indices: vectors * log2 K bits, and the codebook.
  [[nodiscard]] CrossingSearch size_search() const {
    const double block_px = static_cast<double>(options_.block_width_px) * options_.block_height_px;
    const double vectors = static_cast<double>(image_.width_px) * image_.height_px / block_px;
    const double codeword_bytes = block_px * static_cast<double>(image_.pixel_bytes());
    double low = 0;
    double high = std::log(k_max_);
    while (high - low > 1e-4) {
      const double middle = (low + high) / 2;
      const double bytes = frame_bytes + vectors * middle / std::log(2.0) / 8 + std::exp(middle) * codeword_bytes;
      (bytes > bytes_allowed() ? high : low) = middle;
    }
    const double guess = std::exp(low);
    return {k_max_, guess, vectors / std::log(2.0) / 8 + guess * codeword_bytes, {}};
  }

  [[noreturn]] void fail_unreachable() const {
    std::string asked;
    std::string best;
    if (target_.psnr_db) {
      asked = "a PSNR of " + decimal(*target_.psnr_db) + " dB";
      best = decimal_below(missed_.gap + *target_.psnr_db) + " dB";
    } else if (target_.max_bytes) {
      asked = "a size of " + std::to_string(*target_.max_bytes) + " bytes";
      best = std::to_string(missed_.report.bytes.file) + " bytes";
    } else if (target_.ratio) {
      asked = "a ratio of " + decimal(*target_.ratio);
      best = decimal_below(missed_.report.ratio);
    } else {
      asked = "a rate of " + decimal(*target_.bpp) + " bits per pixel";
      best = decimal_above(missed_.report.bpp);
    }
    throw Error(ErrorCode::target_unreachable, asked + " cannot be met, the best possible is " + best + " at K = " +
                                                   std::to_string(missed_.k) + ", ask for that or for less");
  }

  /// A trial that did not meet the target.
  struct Missed {
    std::uint32_t k = 0;
    EncodeReport report;
    double gap = 0;
  };

  const ImageView& image_;
  const Target& target_;
  const EncodeOptions& options_;
  Clock::time_point start_ = Clock::now();
  ThreadPool pool_;
  ProgressReporter progress_;
  ProgressCallback trial_callback_;
  ProgressReporter trial_progress_;
  int trials_ = 0;
  std::optional<PreparedImage> prepared_;
  std::uint32_t k_max_ = 1;
  std::optional<WrittenImage> best_;
  Missed missed_;
};

}  // namespace

Encoded encode_to_target(ImageView image, const Target& target, const EncodeOptions& options) {
  EncodeOptions any_k = options;
  any_k.k = 1;
  validate_target(target);
  validate_encode(image, any_k);
  return TargetSearch(image, target, any_k).run();
}

}  // namespace vqi
