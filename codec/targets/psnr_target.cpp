// The PSNR is the same in every coding: trials write nothing unless they are restored, and only the K that is found is
// coded.
#include "psnr_target.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "crossing_search.hpp"
#include "restore_choice.hpp"
#include "target_probes.hpp"
#include "target_trials.hpp"

namespace vqi::detail {
namespace {

/// The constants of the search, from photographs.
struct PsnrTuning {
  double first_slope;    ///< dB per unit of ln K: 3 dB where K doubles. The first steps only have to come near
  double first_k;        ///< where probes start: cheap, and not far from where photographs are usable
  double probe_loss_db;  ///< what a probe loses against efforts from searching_effort on: 0.14 to 0.25 dB on 8
                         ///< photographs at K = 16 to 2400
  std::uint32_t searching_effort;
  double near;           ///< a guess that moved by less than this factor of K is left to trials at full effort
  double scatter;        ///< part of K within which neighbours are mixed up. On two photographs that was 0.2, 0.5 and
                         ///< 2.8 K at K = 60, 400 and 2400
  double scatter_max_k;  ///< the most K that this is taken for
};

constexpr PsnrTuning tuning{.first_slope = 4.3,
                            .first_k = 16,
                            .probe_loss_db = 0.17,
                            .searching_effort = 3,
                            .near = 1.35,
                            .scatter = 0.0012,
                            .scatter_max_k = 3};

class PsnrSearch {
 public:
  PsnrSearch(const ImageView& image, const Target& target, const EncodeOptions& options, const RunOptions& run)
      : image_(image), options_(options), trials_(image, target, options, run) {}

  Encoded run() {
    static_cast<void>(find_crossing(first_guess(), [&](std::uint32_t k) { return trial(k); }));
    if (restored_) return trials_.finish(*std::move(restored_), options_);
    if (!best_) trials_.goal().fail(missed_);
    return trials_.finish(write_quantized(image_, *std::move(best_), options_, trials_.work()), options_);
  }

 private:
  /// PSNR less its target; infinite if lossless.
  [[nodiscard]] double residual_of(const QuantizedImage& quantized) {
    const std::optional<double> psnr = measure_quantized_errors(image_, quantized, trials_.work()).psnr_db;
    return psnr ? *psnr - trials_.goal().psnr_db() : std::numeric_limits<double>::infinity();
  }

  /// Tries one K at the effort of the caller's options. Trials close in on the crossing, so the last trial that meets
  /// the target is the best.
  CrossingTrial trial(std::uint32_t k) {
    EncodeOptions own = options_;
    own.k = k;
    // What is restored depends on the strips, and indices are chosen anew for it: both happen when they are written.
    return wants_restore(own) ? judged(k, trials_.write(own), restored_) : judged(k, trials_.quantize(own), best_);
  }

  template <typename Made>
  CrossingTrial judged(std::uint32_t k, Made made, std::optional<Made>& best) {
    const double residual = residual_of(made);
    if (residual >= 0)
      best = std::move(made);
    else
      missed_ = {k, {}, residual + trials_.goal().psnr_db()};
    return {residual, residual >= 0};
  }

  [[nodiscard]] CrossingSearch first_guess() {
    const std::uint32_t k_max = trials_.k_max();
    const CrossingLine line{static_cast<double>(trials_.prepared().distinct_vectors())};
    CrossingSearch search{k_max, std::min<double>(tuning.first_k, k_max), tuning.first_slope, line, 0};
    const double loss_db = options_.effort >= tuning.searching_effort ? tuning.probe_loss_db : 0;
    const auto residual_at = [&](std::uint32_t k) {
      return loss_db + residual_of(trials_.quantize(probe_options(options_, k)));
    };
    probe(search, residual_at(static_cast<std::uint32_t>(search.guess)), tuning.near, residual_at);
    search.scatter_k = std::min(tuning.scatter * search.guess, tuning.scatter_max_k);
    return search;
  }

  const ImageView& image_;
  const EncodeOptions& options_;
  TargetTrials trials_;
  std::optional<QuantizedImage> best_;
  std::optional<WrittenImage> restored_;  // in its place where files are restored
  GoalAttempt missed_;
};

}  // namespace

Encoded encode_to_psnr(const ImageView& image, const Target& target, const EncodeOptions& options,
                       const RunOptions& run) {
  return PsnrSearch(image, target, options, run).run();
}

}  // namespace vqi::detail
