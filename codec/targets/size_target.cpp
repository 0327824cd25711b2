// On photographs sizes rise nearly as the square of ln K, and secants find the K; on screens they hardly rise, and fall
// here and there, so that the search comes down from above.
#include "size_target.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

#include "crossing_search.hpp"
#include "effort.hpp"
#include "target_probes.hpp"
#include "target_trials.hpp"

namespace vqi::detail {
namespace {

/// The constants of the search on images whose sizes rise with K, from photographs.
struct RisingSizes {
  double frame_bytes;       ///< of a stream that hold neither codebook nor indices, about
  double first_gain;        ///< packed size over coded size, roughly; 2 to 5 by image and K
  double first_k_min;       ///< the first probe of coded sizes lies between these two: cheap, and it tells how well the
  double first_k_max;       ///< image codes
  double balanced_to_fast;  ///< size by the model balanced over size by fast, at effort 1: 0.89 to 0.94
  double large_k;           ///< above it fast takes a fourth step for each index, and tells little of other models
  double near;              ///< a guess that moved by less than this factor of K is left to trials at full effort: what
                            ///< the model fast says is off by more
  double near_k;            ///< above this K, where trials take longest, probes by the model asked for come nearer,
  double nearer;            ///< and this factor counts in place of `near`
  double scatter;          ///< part of K within which neighbours are mixed up. On two photographs that was 2, 8, 10 and
                           ///< 9 K at K = 180, 750, 1040 and 1840 (121 neighbours; independent of one another)
  double scatter_max_k;    ///< the most K that this is taken for; it was 10 to 50 at K = 4700 to 46,000
  double correlated_part;  ///< of the distinct vectors. From there on most codewords are single vectors, whatever K,
                           ///< and neighbours' sizes are off by like amounts (their correlation is 0.3 at a fifteenth,
                           ///< 0.7 at a seventh and 0.8 at two thirds)
};

constexpr RisingSizes rising{.frame_bytes = 150,
                             .first_gain = 2.5,
                             .first_k_min = 16,
                             .first_k_max = 1024,
                             .balanced_to_fast = 0.91,
                             .large_k = 4096,
                             .near = 1.35,
                             .near_k = 512,
                             .nearer = 1.1,
                             .scatter = 0.006,
                             .scatter_max_k = 25,
                             .correlated_part = 0.1};

/// The constants of the search on flat images, whose sizes hardly rise with K, from two screens. Sizes by the model
/// fast rise there 1.9- and 2.1-fold from K = 16 to 1024, from 0.1 bits per index on; on other screens, plots and
/// photographs 3.9- to 47-fold.
struct FlatSizes {
  double bits_max;        ///< per index at the first probe
  double factor_of_k;     ///< between two probes whose sizes tell a flat image,
  double rise_max;        ///< and the factor of bytes between them that is still flat
  std::uint32_t first_k;  ///< the scan starts here,
  std::uint32_t step;     ///< in steps of this factor of K,
  std::uint32_t fine_k;   ///< and of 2 up to this K
  double probe_error;     ///< of the root of the bytes: by how much a probe may be above the size at full effort
  double variation;       ///< of the root of the bytes: by how much sizes vary between K that were not probed
  double scatter;  ///< part of K within which neighbours are mixed up: 0.03 to 0.07 at K = 60 to 240; they are off
                   ///< by like amounts (correlation 0.35 to 0.65)
};

constexpr FlatSizes flat{.bits_max = 1,
                         .factor_of_k = 64,
                         .rise_max = 3,
                         .first_k = 256,
                         .step = 4,
                         .fine_k = 64,
                         .probe_error = 0.01,
                         .variation = 0.03,
                         .scatter = 0.05};

class SizeSearch {
 public:
  /// Borrows all of them.
  SizeSearch(const ImageView& image, const EncodeOptions& options, TargetTrials& trials)
      : image_(image), options_(options), trials_(trials) {}

  /// The stream with the K that was found.
  [[nodiscard]] WrittenImage run() {
    static_cast<void>(find_crossing(first_guess(), [&](std::uint32_t k) { return trial(k); }));
    if (!best_) trials_.goal().fail(missed_);
    return std::move(*best_);
  }

  /// The K that was found; none where sizes rise with K, or nothing fits.
  [[nodiscard]] std::optional<std::uint32_t> run_if_flat() {
    CrossingSearch search = start();
    const auto k = static_cast<std::uint32_t>(search.guess);
    if (!is_flat(k, probed_bytes(k, Model::fast))) return {};
    descend(search);
    static_cast<void>(find_crossing(search, [&](std::uint32_t at) { return trial(at); }));
    return best_ ? std::optional(best_->report.k) : std::nullopt;
  }

 private:
  [[nodiscard]] double root_allowed() const { return std::sqrt(trials_.goal().bytes_allowed()); }
  /// Of the root of the bytes, which is nearly a line over ln K on photographs.
  [[nodiscard]] double residual_of(double bytes) const { return std::sqrt(bytes) - root_allowed(); }

  [[nodiscard]] double block_px() const {
    return static_cast<double>(options_.block_width_px) * options_.block_height_px;
  }
  [[nodiscard]] double vectors() const { return static_cast<double>(image_.width_px) * image_.height_px / block_px(); }

  /// Tries one K at the effort of the caller's options. Trials close in on the crossing, so the last trial that meets
  /// the target is the best.
  CrossingTrial trial(std::uint32_t k) {
    EncodeOptions own = options_;
    own.k = k;
    WrittenImage written = trials_.write(own);
    const double residual = residual_of(static_cast<double>(written.report.bytes.file));
    const bool fits = trials_.goal().fits(written.report);
    if (fits)
      best_ = std::move(written);
    else
      missed_ = {k, written.report};
    return {residual, !fits};
  }

  [[nodiscard]] double probed_bytes(std::uint32_t k, Model model) {
    EncodeOptions own = probe_options(options_, k);
    own.model = model;
    return static_cast<double>(trials_.write(own).report.bytes.file);
  }

  [[nodiscard]] CrossingSearch first_guess() {
    CrossingSearch search = start();
    if (options_.coding == Coding::packed) return search;
    const auto k = static_cast<std::uint32_t>(search.guess);
    const double fast_bytes = probed_bytes(k, Model::fast);
    if (is_flat(k, fast_bytes))
      descend(search);
    else
      climb(search, fast_bytes);
    return search;
  }

  /// The guess by the size of packed indices, vectors * log2 K bits, and of the codebook. For coded indices it is only
  /// where probes start.
  [[nodiscard]] CrossingSearch start() {
    const bool packed = options_.coding == Coding::packed;
    const std::uint32_t k_max = trials_.k_max();
    const double index_bytes = vectors() / std::log(2.0) / 8 / (packed ? 1 : rising.first_gain);  // per unit of ln K
    const double codeword_bytes = block_px() * static_cast<double>(image_.pixel_bytes());
    double low = 0;
    double high = std::log(k_max);
    while (high - low > 1e-4) {
      const double middle = (low + high) / 2;
      const double bytes = rising.frame_bytes + index_bytes * middle + std::exp(middle) * codeword_bytes;
      (bytes > trials_.goal().bytes_allowed() ? high : low) = middle;
    }
    const double byte_slope = index_bytes + std::exp(low) * codeword_bytes;
    CrossingSearch search{k_max, std::exp(low), byte_slope / (2 * root_allowed()), {}, 0};
    if (!packed)
      search.guess =
          std::round(std::clamp(search.guess, std::min<double>(rising.first_k_min, k_max), rising.first_k_max));
    return search;
  }

  /// Whether sizes hardly rise with K, by probes with the model fast at `k`, which took `fast_bytes`, and far above it.
  [[nodiscard]] bool is_flat(double k, double fast_bytes) {
    if (8 * (fast_bytes - rising.frame_bytes) >= flat.bits_max * vectors()) return false;
    const double many = std::min<double>(trials_.k_max(), flat.factor_of_k * k);
    return probed_bytes(static_cast<std::uint32_t>(many), Model::fast) < flat.rise_max * fast_bytes;
  }

  /// Moves `search` by probes, with the model fast where it tells enough.
  void climb(CrossingSearch& search, double first_fast_bytes) {
    const Model model = model_of(options_);
    const auto residual_at = [&](std::uint32_t k) { return residual_of(probed_bytes(k, model)); };
    if (model == Model::fast) {
      probe(search, residual_of(first_fast_bytes), rising.near, residual_at);
    } else {
      probe(search, residual_of(rising.balanced_to_fast * first_fast_bytes), rising.near, [&](std::uint32_t k) {
        return k <= rising.large_k ? residual_of(rising.balanced_to_fast * probed_bytes(k, Model::fast))
                                   : residual_at(k);
      });
      // Where trials take longest, probes by the model itself come nearer.
      if (search.guess > rising.near_k) {
        search.guess = std::round(search.guess);
        probe(search, residual_at(static_cast<std::uint32_t>(search.guess)), rising.nearer, residual_at);
      }
    }
    search.scatter_k = std::min(rising.scatter * search.guess, rising.scatter_max_k);
    search.correlated =
        search.guess > rising.correlated_part * static_cast<double>(trials_.prepared().distinct_vectors());
  }

  /// Sets `search` to what may be the last of several crossings: it lies between a K that fits and a larger one that
  /// does not by its probe.
  void descend(CrossingSearch& search) {
    std::map<std::uint32_t, double> residuals;
    const auto residual_at = [&](std::uint32_t k) {
      if (!residuals.contains(k)) residuals[k] = residual_of(probed_bytes(k, model_of(options_)));
      return residuals.at(k);
    };
    const auto fits = [&](std::uint32_t k) {
      if (residual_at(k) > flat.probe_error * root_allowed()) return false;
      const CrossingTrial tried = trial(k);
      residuals[k] = tried.residual;
      if (!tried.passes) search.low = {k, tried};
      return !tried.passes;
    };
    std::uint32_t k = std::min(search.k_max, flat.first_k);
    while (residual_at(k) <= 0 && k < search.k_max) k = std::min(search.k_max, flat.step * k);
    while (!fits(k) && k > 1) k /= k > flat.fine_k ? flat.step : 2;
    // A K below 16 is rarely of use: if a larger K that was probed came near the target, scan down from 64 for one that
    // fits.
    const auto is_near = [&](const auto& probed) {
      return probed.first > k && probed.second < flat.variation * root_allowed();
    };
    if (k < rising.first_k_min && std::any_of(residuals.begin(), residuals.end(), is_near)) {
      const std::uint32_t few = k;
      for (k = std::min(search.k_max, flat.fine_k); k > few && !fits(k);) k -= std::max(k / 8, 1U);
    }
    search.guess = search.low ? search.low->k : 1;
    if (const auto above = residuals.upper_bound(search.low ? search.low->k : search.k_max); above != residuals.end()) {
      const double low_position = search.line.position(search.low->k);
      search.slope = (above->second - search.low->trial.residual) / (search.line.position(above->first) - low_position);
      search.guess = search.line.k_at(low_position - search.low->trial.residual / search.slope);
    }
    search.scatter_k = flat.scatter * search.guess;
    search.correlated = true;
  }

  const ImageView& image_;
  const EncodeOptions& options_;
  TargetTrials& trials_;
  std::optional<WrittenImage> best_;
  GoalAttempt missed_;
};

}  // namespace

Encoded encode_to_size(const ImageView& image, const Target& target, const EncodeOptions& options,
                       const RunOptions& run) {
  TargetTrials trials(image, target, options, run);
  return trials.finish(SizeSearch(image, options, trials).run(), options);
}

std::optional<std::uint32_t> find_k_if_flat(const ImageView& image, const EncodeOptions& options,
                                            TargetTrials& trials) {
  return SizeSearch(image, options, trials).run_if_flat();
}

}  // namespace vqi::detail
