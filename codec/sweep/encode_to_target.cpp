// encode_to_target: bracketing the number of codewords that meets a target, on real streams.
#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <optional>
#include <utility>

#include "constrained_target.hpp"
#include "crossing_search.hpp"
#include "effort.hpp"
#include "target_trials.hpp"
#include "vqi/sweep.hpp"

namespace vqi {
namespace {

/// Part of the work left that a trial is taken to do.
constexpr double trial_step = 0.2;

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
/// Factor of K that one probe may move by, as its slope is that of a chord.
constexpr double probe_step_max = 16;
/// Packed size over coded size, roughly, of photographs; 2 to 5 by image and K.
constexpr double first_gain = 2.5;
/// Size by the model balanced over that by fast, at effort 1, of photographs: 0.89 to 0.94. Where K is large fast
/// takes a fourth step for each index, and it says little.
constexpr double balanced_to_fast = 0.91;
constexpr double large_k = 4096;
/// Where sizes are probed first at the most: cheap, and it tells how well the image codes.
constexpr double first_size_k = 1024;
/// By how many K neighbours are mixed up, on two photographs. PSNR: 0.2, 0.5 and 2.8 at K = 60, 400 and 2400. Sizes:
/// 2, 8, 10 and 9 at 180, 750, 1040 and 1840 (121 neighbours; independent of one another), and 10 to 50 at 4700 to
/// 46,000.
constexpr double psnr_scatter = 0.0012;
constexpr double psnr_scatter_max_k = 3;
constexpr double size_scatter = 0.006;
constexpr double size_scatter_max_k = 25;
/// From this part of the distinct vectors on most codewords are single vectors, whatever K: sizes of neighbours are
/// then off by like amounts (their correlation is 0.3 at a fifteenth, 0.7 at a seventh and 0.8 at two thirds).
constexpr double alike_part = 0.1;
/// Bytes of a stream that hold neither codebook nor indices, about.
constexpr double frame_bytes = 150;

class TargetSearch {
 public:
  TargetSearch(const ImageView& image, const Target& target, const EncodeOptions& options)
      : image_(image), options_(options), trials_(image, target, options, trial_step) {}

  Encoded run() {
    k_max_ = trials_.k_max();
    const CrossingSearch search = goal_.is_psnr() ? psnr_search() : size_search();
    static_cast<void>(
        find_crossing(search, [&](std::uint32_t k) { return goal_.is_psnr() ? psnr_trial(k) : size_trial(k); }));
    WrittenImage best = best_written();
    return trials_.finish(std::move(best));
  }

 private:
  [[nodiscard]] EncodeOptions trial_options(std::uint32_t k) const {
    EncodeOptions own = options_;
    own.k = k;
    return own;
  }

  [[nodiscard]] QuantizedImage quantize(const EncodeOptions& own) {
    trials_.begin();
    QuantizedImage quantized = trials_.prepared().quantize(own, trials_.progress());
    trials_.end();
    return quantized;
  }

  /// PSNR less its target; infinite if lossless. It is the same in every coding: measured in the cheapest.
  [[nodiscard]] double psnr_gap(const QuantizedImage& quantized, EncodeOptions own) {
    own.coding = Coding::packed;
    const WrittenImage written = trials_.prepared().write(quantized, own, trials_.progress());
    const std::optional<double> psnr = measure_written_errors(image_, written, trials_.pool()).psnr_db;
    return psnr ? *psnr - goal_.psnr_db() : std::numeric_limits<double>::infinity();
  }

  // One K at full effort. Where it meets the target it is the best so far, as trials close in.

  CrossingTrial psnr_trial(std::uint32_t k) {
    const EncodeOptions own = trial_options(k);
    QuantizedImage quantized = quantize(own);
    const double gap = psnr_gap(quantized, own);
    if (gap >= 0)
      best_quantized_ = std::move(quantized);
    else
      missed_ = {k, {}, gap + goal_.psnr_db()};
    return {gap, gap >= 0};
  }

  CrossingTrial size_trial(std::uint32_t k) {
    const EncodeOptions own = trial_options(k);
    WrittenImage written = trials_.prepared().write(quantize(own), own, trials_.progress());
    const double gap = size_gap(written);
    const bool fits = goal_.fits(written.report);
    if (fits)
      best_written_ = std::move(written);
    else
      missed_ = {k, written.report};
    return {gap, !fits};
  }

  /// The stream at the K that was found, coded as the options say.
  [[nodiscard]] WrittenImage best_written() {
    if (best_quantized_) return trials_.prepared().write(*best_quantized_, options_, trials_.progress());
    if (best_written_) return std::move(*best_written_);
    goal_.fail(missed_);
  }

  /// On the scale on which the size of a photograph is nearly a line over ln K.
  [[nodiscard]] double size_gap(const WrittenImage& written, double factor = 1) const {
    return std::sqrt(factor * static_cast<double>(written.report.bytes.file)) - std::sqrt(goal_.bytes_allowed());
  }

  /// Moves `search` by trials at the lowest effort, until its guess comes to rest. `gap_at(k)` is what
  /// full effort would come to, about.
  void probe(CrossingSearch& search, const std::function<double(std::uint32_t k)>& gap_at) const {
    const CrossingLine& line = search.line;
    double last_k = 0;
    double last_gap = 0;
    for (int probe = 0; probe < probes_max; ++probe) {
      const double k = std::round(search.guess);
      const double gap = gap_at(static_cast<std::uint32_t>(k));
      if (!std::isfinite(gap)) break;
      if (probe > 0 && (gap - last_gap) / (k - last_k) > 0)
        search.slope = (gap - last_gap) / (line.position(k) - line.position(last_k));
      const double next = line.k_at(line.position(k) - gap / search.slope);
      search.guess = std::clamp<double>(std::clamp(next, k / probe_step_max, k * probe_step_max), 1, k_max_);
      const double moved = search.guess / k;
      if (moved < near_enough && moved > 1 / near_enough) break;
      last_k = k;
      last_gap = gap;
    }
  }

  [[nodiscard]] EncodeOptions probe_options(std::uint32_t k) const {
    EncodeOptions own = trial_options(k);
    own.effort = probe_effort;
    return own;
  }

  /// Low efforts lose little PSNR and most of the time.
  [[nodiscard]] CrossingSearch psnr_search() {
    const CrossingLine line{static_cast<double>(trials_.prepared().distinct_vectors())};
    CrossingSearch search{k_max_, std::min<double>(first_psnr_k, k_max_), first_psnr_slope, line, 0};
    const double loss_db = options_.effort >= searching_effort ? probe_loss_db : 0;
    probe(search, [&](std::uint32_t k) {
      const EncodeOptions own = probe_options(k);
      return loss_db + psnr_gap(quantize(own), own);
    });
    search.scatter_k = std::min(psnr_scatter * search.guess, psnr_scatter_max_k);
    return search;
  }

  /// Guesses by the size of packed indices, vectors * log2 K bits, and of the codebook. Of coded ones that
  /// is only the start, and probes follow, with the fastest model where that will do.
  [[nodiscard]] CrossingSearch size_search() {
    const bool packed = options_.coding == Coding::packed;
    const double block_px = static_cast<double>(options_.block_width_px) * options_.block_height_px;
    const double vectors = static_cast<double>(image_.width_px) * image_.height_px / block_px;
    const double index_bytes = vectors / std::log(2.0) / 8 / (packed ? 1 : first_gain);  // per unit of ln K
    const double codeword_bytes = block_px * static_cast<double>(image_.pixel_bytes());
    double low = 0;
    double high = std::log(k_max_);
    while (high - low > 1e-4) {
      const double middle = (low + high) / 2;
      const double bytes = frame_bytes + index_bytes * middle + std::exp(middle) * codeword_bytes;
      (bytes > goal_.bytes_allowed() ? high : low) = middle;
    }
    const double byte_slope = index_bytes + std::exp(low) * codeword_bytes;
    CrossingSearch search{k_max_, std::exp(low), byte_slope / (2 * std::sqrt(goal_.bytes_allowed())), {}, 0};
    if (packed) return search;
    search.guess = std::min(search.guess, first_size_k);
    probe(search, [&](std::uint32_t k) {
      const Model model = model_of(options_);
      const bool takes_fast = model != Model::fast && k <= large_k;
      EncodeOptions own = probe_options(k);
      own.model = takes_fast ? Model::fast : model;
      return size_gap(trials_.prepared().write(quantize(own), own, trials_.progress()),
                      takes_fast ? balanced_to_fast : 1);
    });
    search.scatter_k = std::min(size_scatter * search.guess, size_scatter_max_k);
    search.alike = search.guess > alike_part * static_cast<double>(trials_.prepared().distinct_vectors());
    return search;
  }

  const ImageView& image_;
  const EncodeOptions& options_;
  TargetTrials trials_;
  const TargetGoal& goal_ = trials_.goal();
  std::uint32_t k_max_ = 1;
  std::optional<QuantizedImage> best_quantized_;
  std::optional<WrittenImage> best_written_;
  GoalAttempt missed_;
};

}  // namespace

Encoded encode_to_target(ImageView image, const Target& target, const EncodeOptions& options) {
  EncodeOptions any_k = options;
  any_k.k = 1;
  validate_encode(image, any_k);
  if (options.method == Method::ecvq && !options.lambda) return encode_constrained_to_target(image, target, any_k);
  return TargetSearch(image, target, any_k).run();
}

}  // namespace vqi
