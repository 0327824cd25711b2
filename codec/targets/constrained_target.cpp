// Trials of K and lambda on real streams.
#include "constrained_target.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "effort.hpp"
#include "index_choice.hpp"
#include "lambda_search.hpp"
#include "size_target.hpp"
#include "target_trials.hpp"

namespace vqi::detail {
namespace {

/// Part of the work left that a trial is taken to do.
constexpr double trial_step = 1.0 / 8;

/// How a figure moves on photographs, per unit of ln K and of ln lambda: dB, and the logarithm of bytes.
constexpr double psnr_k_slope = 3.5;
constexpr double psnr_lambda_slope = 0.5;
constexpr double size_k_slope = 0.6;
constexpr double size_lambda_slope = 0.25;
/// Part of the bytes, or dB, that a file may stay below what it is allowed: 0.01 dB are some 0.2 % of the bytes.
constexpr double near_bytes = 0.002;
constexpr double near_db = 0.01;
/// Where guesses begin, and how they go on: at the lowest effort, until they come to rest.
constexpr double first_k = 32;
constexpr int probes_max = 4;
constexpr double probe_step_max = 16;
constexpr double at_rest = 1.4;

class ConstrainedTarget {
 public:
  ConstrainedTarget(const ImageView& image, const Target& target, const EncodeOptions& options)
      : image_(image), options_(options), trials_(image, target, options, trial_step) {}

  Encoded run() {
    LambdaSearch search;
    search.k_max = trials_.k_max();
    search.meets_above = goal_.is_psnr();
    search.k_slope = goal_.is_psnr() ? psnr_k_slope : size_k_slope;
    search.lambda_slope = goal_.is_psnr() ? psnr_lambda_slope : size_lambda_slope;
    search.near_enough = goal_.is_psnr() ? near_db : near_bytes;
    search.guess = std::min<double>(first_k, search.k_max);
    probe(search);
    if (!goal_.is_psnr()) begin_with_kmeans();
    find_lambda(search, [&](std::uint32_t k, std::optional<double> lambda) { return trial(k, lambda); });
    if (!best_) goal_.fail(missed_);
    return trials_.finish(*std::move(best_));
  }

 private:
  struct Figures {
    double gap = 0;
    double psnr_db = std::numeric_limits<double>::infinity();
    double mse = 0;
  };

  [[nodiscard]] Figures figures_of(const WrittenImage& written) {
    const Distortion distortion = measure_written_errors(image_, written, trials_.pool());
    Figures figures;
    figures.psnr_db = distortion.psnr_db.value_or(std::numeric_limits<double>::infinity());
    figures.mse = distortion.mse;
    figures.gap = goal_.is_psnr() ? figures.psnr_db - goal_.psnr_db()
                                  : std::log(static_cast<double>(written.report.bytes.file) / goal_.bytes_allowed());
    return figures;
  }

  /// Where sizes rise and fall with K, nothing is to be worse than what k-means has; that is a lambda of 0.
  void begin_with_kmeans() {
    EncodeOptions own = options_;
    own.method = Method::kmeans;
    if (const std::optional<std::uint32_t> k = find_k_if_flat(image_, own, trials_)) static_cast<void>(trial(*k, 0.0));
  }

  /// Moves the guess by trials that take a fraction of the time.
  void probe(LambdaSearch& search) {
    EncodeOptions own = options_;
    own.effort = effort_min;
    own.model = Model::fast;
    double last_k = 0;
    double last_gap = 0;
    for (int i = 0; i < probes_max; ++i) {
      own.k = static_cast<std::uint32_t>(std::round(search.guess));
      const double gap = figures_of(trials_.write(own)).gap;
      if (!std::isfinite(gap)) return;
      const double slope = (gap - last_gap) / std::log(own.k / last_k);
      if (i > 0 && slope > 0 && std::isfinite(slope)) search.k_slope = slope;
      const double factor = std::clamp(std::exp(-gap / search.k_slope), 1 / probe_step_max, probe_step_max);
      search.guess = std::clamp<double>(own.k * factor, 1, search.k_max);
      if (factor < at_rest && factor > 1 / at_rest) return;
      last_k = own.k;
      last_gap = gap;
    }
  }

  LambdaTrial trial(std::uint32_t k, std::optional<double> lambda) {
    EncodeOptions own = options_;
    own.k = k;
    own.lambda = lambda ? std::optional(std::clamp(*lambda, 0.0, lambda_max)) : std::nullopt;
    WrittenImage written = trials_.write(own);
    const Figures figures = figures_of(written);
    LambdaTrial result{figures.gap, goal_.is_psnr() ? figures.gap >= 0 : goal_.fits(written.report), false,
                       written.report.lambda.value_or(0)};
    const auto bytes = static_cast<double>(written.report.bytes.file);
    // What is to be least, and what decides where that is equal.
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

  /// Remembers what came nearest.
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
  GoalAttempt missed_;
};

}  // namespace

Encoded encode_constrained_to_target(const ImageView& image, const Target& target, const EncodeOptions& options) {
  return ConstrainedTarget(image, target, options).run();
}

}  // namespace vqi::detail
