// Trials of K and lambda on real streams, from which the best that meets the target is kept.
#include "constrained_target.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "effort.hpp"
#include "index_choice.hpp"
#include "lambda_search.hpp"
#include "rate_constraint.hpp"
#include "restore_choice.hpp"
#include "size_target.hpp"
#include "target_trials.hpp"

namespace vqi::detail {
namespace {

/// The constants of the search, from photographs. Slopes are per unit of ln K and of ln lambda: of dB for a PSNR, of
/// the logarithm of bytes for a size.
struct ConstrainedTuning {
  double trial_step;  ///< part of the remaining work that a trial is taken to do, for progress
  double psnr_k_slope;
  double psnr_lambda_slope;
  double size_k_slope;
  double size_lambda_slope;
  double near_bytes;         ///< part of the bytes that a file may stay below what it is allowed,
  double near_db;            ///< or dB that it may stay above: 0.01 dB are some 0.2 % of the bytes
  double first_k;            ///< where guesses begin
  int probes_max;            ///< guesses at the lowest effort, until they come to rest
  double probe_step_max;     ///< factor of K between two guesses
  double at_rest;            ///< factor of K below which a guess is at rest
  double restored_part;      ///< of the default lambda, where restored files are searched
  double restored_bits;      ///< if they take no more bits for a pixel,
  std::uint32_t restored_k;  ///< and have no more codewords (EXPERIMENTS.md, "The decode filter")
};

constexpr ConstrainedTuning tuning{.trial_step = 1.0 / 8,
                                   .psnr_k_slope = 3.5,
                                   .psnr_lambda_slope = 0.5,
                                   .size_k_slope = 0.6,
                                   .size_lambda_slope = 0.25,
                                   .near_bytes = 0.002,
                                   .near_db = 0.01,
                                   .first_k = 32,
                                   .probes_max = 4,
                                   .probe_step_max = 16,
                                   .at_rest = 1.4,
                                   .restored_part = 2,
                                   .restored_bits = 1.75,
                                   .restored_k = 256};

class ConstrainedTarget {
 public:
  ConstrainedTarget(const ImageView& image, const Target& target, const EncodeOptions& options, const RunOptions& run)
      : image_(image), options_(options), trials_(image, target, options, run, tuning.trial_step) {}

  Encoded run() {
    LambdaSearch search;
    search.k_max = trials_.k_max();
    search.meets_above = goal_.is_psnr();
    search.k_slope = goal_.is_psnr() ? tuning.psnr_k_slope : tuning.size_k_slope;
    search.lambda_slope = goal_.is_psnr() ? tuning.psnr_lambda_slope : tuning.size_lambda_slope;
    search.near_enough = goal_.is_psnr() ? tuning.near_db : tuning.near_bytes;
    search.guess = std::min<double>(tuning.first_k, search.k_max);
    if (!goal_.is_psnr()) begin_with_kmeans();
    search.is_met = best_.has_value();
    // Nothing is better than no loss.
    const bool lossless = !goal_.is_psnr() && best_ && best_cost_.first == 0;
    if (!lossless) probe(search);
    if (!lossless) find_lambda(search, [&](std::uint32_t k, std::optional<double> lambda) { return trial(k, lambda); });
    if (!best_) goal_.fail(missed_);
    return trials_.finish(*std::move(best_), options_);
  }

 private:
  struct Figures {
    double residual = 0;
    double psnr_db = std::numeric_limits<double>::infinity();
    double mse = 0;
  };

  [[nodiscard]] Figures figures_of(const WrittenImage& written) {
    const Distortion distortion = measure_quantized_errors(image_, written, trials_.work());
    Figures figures;
    figures.psnr_db = distortion.psnr_db.value_or(std::numeric_limits<double>::infinity());
    figures.mse = distortion.mse;
    figures.residual = goal_.is_psnr()
                           ? figures.psnr_db - goal_.psnr_db()
                           : std::log(static_cast<double>(written.report.bytes.file) / goal_.bytes_allowed());
    return figures;
  }

  /// Where sizes rise and fall with K, tries the K that k-means would take, with a lambda of 0, which is k-means: the
  /// result is then no worse.
  void begin_with_kmeans() {
    EncodeOptions own = options_;
    own.method = Method::kmeans;
    if (const std::optional<std::uint32_t> k = find_k_if_flat(image_, own, trials_)) static_cast<void>(trial(*k, 0.0));
  }

  /// Moves the guess by trials at the lowest effort, which take a fraction of the time.
  void probe(LambdaSearch& search) {
    EncodeOptions own = options_;
    own.effort = effort_min;
    own.model = Model::fast;
    double last_k = 0;
    double last_residual = 0;
    for (int i = 0; i < tuning.probes_max; ++i) {
      const double k = std::round(search.guess);
      own.k = static_cast<std::uint32_t>(k);
      const double residual = figures_of(trials_.write(own)).residual;
      if (!std::isfinite(residual)) return;
      const double slope = (residual - last_residual) / std::log(k / last_k);
      if (i > 0 && slope > 0 && std::isfinite(slope)) search.k_slope = slope;
      const double factor =
          std::clamp(std::exp(-residual / search.k_slope), 1 / tuning.probe_step_max, tuning.probe_step_max);
      search.guess = std::clamp<double>(k * factor, 1, search.k_max);
      if (factor < tuning.at_rest && factor > 1 / tuning.at_rest) return;
      last_k = k;
      last_residual = residual;
    }
  }

  LambdaTrial trial(std::uint32_t k, std::optional<double> lambda) {
    EncodeOptions own = options_;
    own.k = k;
    own.lambda = lambda ? std::optional(std::clamp(*lambda, 0.0, lambda_max)) : std::nullopt;
    if (std::exchange(rungs_k_, k) != k) rungs_ = {};
    WrittenImage written = trials_.write(own, &rungs_);
    const Figures figures = figures_of(written);
    LambdaTrial result{figures.residual, goal_.is_psnr() ? figures.residual >= 0 : goal_.fits(written.report), false,
                       written.report.lambda.value_or(0), restored_part_of(written)};
    const auto bytes = static_cast<double>(written.report.bytes.file);
    // The best trial has the least of the first; the second decides between equals.
    const std::pair<double, double> cost =
        goal_.is_psnr() ? std::pair(bytes, figures.mse) : std::pair(figures.mse, bytes);
    if (!result.meets) {
      miss(k, written.report, figures.psnr_db);
    } else if (!best_ || cost < best_cost_) {
      result.best = true;
      best_cost_ = cost;
      best_ = std::move(written);
    }
    return result;
  }

  /// The part of the lambda of `written` with which it is better to meet the bound. Small files gain by the filter
  /// more than a larger lambda costs; larger ones do not.
  [[nodiscard]] double restored_part_of(const WrittenImage& written) const {
    const double pixels = static_cast<double>(image_.width_px) * image_.height_px;
    const bool is_small = 8.0 * static_cast<double>(written.report.bytes.file) <= tuning.restored_bits * pixels;
    return written.header.restore.is_on() && is_small && written.header.k <= tuning.restored_k ? tuning.restored_part
                                                                                               : 1;
  }

  /// Remembers the trial that came nearest, for the error.
  void miss(std::uint32_t k, const EncodeReport& report, double psnr_db) {
    const bool nearer = goal_.is_psnr() ? psnr_db > missed_.psnr_db : report.bytes.file < missed_.report.bytes.file;
    if (missed_.k == 0 || nearer) missed_ = {k, report, psnr_db};
  }

  const ImageView& image_;
  const EncodeOptions& options_;
  TargetTrials trials_;
  const TargetGoal& goal_ = trials_.goal();
  std::optional<WrittenImage> best_;
  std::pair<double, double> best_cost_;
  RungMemory rungs_;  // of rungs_k_, the K of the last trial
  std::uint32_t rungs_k_ = 0;
  GoalAttempt missed_;
};

}  // namespace

Encoded encode_constrained_to_target(const ImageView& image, const Target& target, const EncodeOptions& options,
                                     const RunOptions& run) {
  return ConstrainedTarget(image, target, options, run).run();
}

}  // namespace vqi::detail
