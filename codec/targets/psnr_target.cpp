// The PSNR is the same in every coding: trials are packed, and only the K that is found is coded as asked.
#include "psnr_target.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "crossing_search.hpp"
#include "target_probes.hpp"
#include "target_trials.hpp"

namespace vqi::detail {
namespace {

/// dB per unit of ln K: 3 dB where K doubles, as on photographs. The first steps only have to come near.
constexpr double first_slope = 4.3;
/// Where they start: cheap, and not far from where photographs are usable.
constexpr double first_k = 16;
/// dB by which higher efforts are better, on 8 photographs at K = 16 to 2400: 0.14 to 0.25 from effort 3 on.
constexpr double probe_loss_db = 0.17;
constexpr std::uint32_t searching_effort = 3;
/// A guess that moved by less than this factor of K is left to the trials at full effort.
constexpr double near = 1.35;
/// By how many K neighbours are mixed up, on two photographs: 0.2, 0.5 and 2.8 at K = 60, 400 and 2400.
constexpr double scatter = 0.0012;
constexpr double scatter_max_k = 3;

class PsnrSearch {
 public:
  PsnrSearch(const ImageView& image, const Target& target, const EncodeOptions& options)
      : image_(image), options_(options), trials_(image, target, options) {}

  Encoded run() {
    static_cast<void>(find_crossing(first_guess(), [&](std::uint32_t k) { return trial(k); }));
    if (!best_) trials_.goal().fail(missed_);
    return trials_.finish(trials_.prepared().write(*best_, options_, trials_.work()));
  }

 private:
  /// PSNR less its target; infinite if lossless.
  [[nodiscard]] double gap_of(const QuantizedImage& quantized, EncodeOptions own) {
    own.coding = Coding::packed;
    const WrittenImage written = trials_.prepared().write(quantized, own, trials_.work());
    const std::optional<double> psnr = measure_written_errors(image_, written, trials_.pool()).psnr_db;
    return psnr ? *psnr - trials_.goal().psnr_db() : std::numeric_limits<double>::infinity();
  }

  /// One K at full effort. Where it meets the target it is the best so far, as trials close in.
  CrossingTrial trial(std::uint32_t k) {
    EncodeOptions own = options_;
    own.k = k;
    QuantizedImage quantized = trials_.quantize(own);
    const double gap = gap_of(quantized, own);
    if (gap >= 0)
      best_ = std::move(quantized);
    else
      missed_ = {k, {}, gap + trials_.goal().psnr_db()};
    return {gap, gap >= 0};
  }

  [[nodiscard]] CrossingSearch first_guess() {
    const std::uint32_t k_max = trials_.k_max();
    const CrossingLine line{static_cast<double>(trials_.prepared().distinct_vectors())};
    CrossingSearch search{k_max, std::min<double>(first_k, k_max), first_slope, line, 0};
    const double loss_db = options_.effort >= searching_effort ? probe_loss_db : 0;
    const auto gap_at = [&](std::uint32_t k) {
      const EncodeOptions own = probe_options(options_, k);
      return loss_db + gap_of(trials_.quantize(own), own);
    };
    probe(search, gap_at(static_cast<std::uint32_t>(search.guess)), near, gap_at);
    search.scatter_k = std::min(scatter * search.guess, scatter_max_k);
    return search;
  }

  const ImageView& image_;
  const EncodeOptions& options_;
  TargetTrials trials_;
  std::optional<QuantizedImage> best_;
  GoalAttempt missed_;
};

}  // namespace

Encoded encode_to_psnr(const ImageView& image, const Target& target, const EncodeOptions& options) {
  return PsnrSearch(image, target, options).run();
}

}  // namespace vqi::detail
