// Sizes rise with K, nearly as the square of its logarithm on photographs; on screens hardly, and they fall here and
// there.
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

/// Bytes of a stream that hold neither codebook nor indices, about.
constexpr double frame_bytes = 150;
/// Packed size over coded size, roughly, of photographs; 2 to 5 by image and K.
constexpr double first_gain = 2.5;
/// Where coded sizes are probed first: cheap, and it tells how well the image codes.
constexpr double first_k_min = 16;
constexpr double first_k_max = 1024;
/// Size by the model balanced over that by fast, at effort 1, of photographs: 0.89 to 0.94. Where K is large fast
/// takes a fourth step for each index, and it says little.
constexpr double balanced_to_fast = 0.91;
constexpr double large_k = 4096;
/// Guesses that moved by less than such a factor of K are left to the trials at full effort: what the model fast says
/// is off by more, and the model itself comes as near at the lowest effort.
constexpr double near = 1.35;
constexpr double nearer = 1.1;
constexpr double near_k = 512;
/// By how many K neighbours are mixed up, on two photographs: 2, 8, 10 and 9 at K = 180, 750, 1040 and 1840 (121
/// neighbours; independent of one another), and 10 to 50 at 4700 to 46,000.
constexpr double scatter = 0.006;
constexpr double scatter_max_k = 25;
/// From this part of the distinct vectors on most codewords are single vectors, whatever K: sizes of neighbours are
/// then off by like amounts (their correlation is 0.3 at a fifteenth, 0.7 at a seventh and 0.8 at two thirds).
constexpr double alike_part = 0.1;

/// Flat images, whose sizes hardly rise with K: few bits per index at the first probe, and at so many times its K not
/// much more. From K = 16 to 1024 sizes by the model fast rise 1.9- and 2.1-fold on two screens, from 0.1 bits per
/// index; on others, plots and photographs, 3.9- to 47-fold.
constexpr double flat_bits = 1;
constexpr double flat_factor_of_k = 64;
constexpr double flat_rise_max = 3;
/// They are probed from here on, in steps of this factor of K, and of half of it up to fine_k.
constexpr std::uint32_t flat_first_k = 256;
constexpr std::uint32_t flat_step = 4;
constexpr std::uint32_t fine_k = 64;
/// By how much of their square root sizes at the lowest effort may be larger there than at full effort, and how much
/// they vary between K that were not probed.
constexpr double flat_probe_error = 0.01;
constexpr double flat_variation = 0.03;
/// By what part of K neighbours are mixed up there: 0.03 to 0.07 on two screens at K = 60 to 240. They are off by like
/// amounts (correlation 0.35 to 0.65).
constexpr double flat_scatter = 0.05;

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

  /// Its K, or none where sizes rise with K, or nothing fits.
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
  /// On the scale on which the size of a photograph is nearly a line over ln K.
  [[nodiscard]] double gap_of(double bytes) const { return std::sqrt(bytes) - root_allowed(); }

  [[nodiscard]] double block_px() const {
    return static_cast<double>(options_.block_width_px) * options_.block_height_px;
  }
  [[nodiscard]] double vectors() const { return static_cast<double>(image_.width_px) * image_.height_px / block_px(); }

  /// One K at full effort. Where it meets the target it is the best so far, as trials close in.
  CrossingTrial trial(std::uint32_t k) {
    EncodeOptions own = options_;
    own.k = k;
    WrittenImage written = trials_.write(own);
    const double gap = gap_of(static_cast<double>(written.report.bytes.file));
    const bool fits = trials_.goal().fits(written.report);
    if (fits)
      best_ = std::move(written);
    else
      missed_ = {k, written.report};
    return {gap, !fits};
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

  /// By the size of packed indices, vectors * log2 K bits, and of the codebook. Of coded ones that is only a start for
  /// probes.
  [[nodiscard]] CrossingSearch start() {
    const bool packed = options_.coding == Coding::packed;
    const std::uint32_t k_max = trials_.k_max();
    const double index_bytes = vectors() / std::log(2.0) / 8 / (packed ? 1 : first_gain);  // per unit of ln K
    const double codeword_bytes = block_px() * static_cast<double>(image_.pixel_bytes());
    double low = 0;
    double high = std::log(k_max);
    while (high - low > 1e-4) {
      const double middle = (low + high) / 2;
      const double bytes = frame_bytes + index_bytes * middle + std::exp(middle) * codeword_bytes;
      (bytes > trials_.goal().bytes_allowed() ? high : low) = middle;
    }
    const double byte_slope = index_bytes + std::exp(low) * codeword_bytes;
    CrossingSearch search{k_max, std::exp(low), byte_slope / (2 * root_allowed()), {}, 0};
    if (!packed) search.guess = std::round(std::clamp(search.guess, std::min<double>(first_k_min, k_max), first_k_max));
    return search;
  }

  /// Whether what the model fast makes of `k` codewords at the lowest effort, and of many more, says so.
  [[nodiscard]] bool is_flat(double k, double fast_bytes) {
    if (8 * (fast_bytes - frame_bytes) >= flat_bits * vectors()) return false;
    const double many = std::min<double>(trials_.k_max(), flat_factor_of_k * k);
    return probed_bytes(static_cast<std::uint32_t>(many), Model::fast) < flat_rise_max * fast_bytes;
  }

  /// Moves `search` by probes, the model fast where that will do.
  void climb(CrossingSearch& search, double first_fast_bytes) {
    const Model model = model_of(options_);
    const auto gap_at = [&](std::uint32_t k) { return gap_of(probed_bytes(k, model)); };
    if (model == Model::fast) {
      probe(search, gap_of(first_fast_bytes), near, gap_at);
    } else {
      probe(search, gap_of(balanced_to_fast * first_fast_bytes), near, [&](std::uint32_t k) {
        return k <= large_k ? gap_of(balanced_to_fast * probed_bytes(k, Model::fast)) : gap_at(k);
      });
      // Where trials take longest, probes by the model itself come nearer.
      if (search.guess > near_k) {
        search.guess = std::round(search.guess);
        probe(search, gap_at(static_cast<std::uint32_t>(search.guess)), nearer, gap_at);
      }
    }
    search.scatter_k = std::min(scatter * search.guess, scatter_max_k);
    search.alike = search.guess > alike_part * static_cast<double>(trials_.prepared().distinct_vectors());
  }

  /// Sets `search` to what may be the last of several crossings: between a K that fits and a larger one that, by its
  /// probe, does not.
  void descend(CrossingSearch& search) {
    std::map<std::uint32_t, double> gaps;
    const auto gap_at = [&](std::uint32_t k) {
      if (!gaps.contains(k)) gaps[k] = gap_of(probed_bytes(k, model_of(options_)));
      return gaps.at(k);
    };
    const auto fits = [&](std::uint32_t k) {
      if (gap_at(k) > flat_probe_error * root_allowed()) return false;
      const CrossingTrial tried = trial(k);
      gaps[k] = tried.gap;
      if (!tried.passes) search.low = {k, tried};
      return !tried.passes;
    };
    std::uint32_t k = std::min(search.k_max, flat_first_k);
    while (gap_at(k) <= 0 && k < search.k_max) k = std::min(search.k_max, flat_step * k);
    while (!fits(k) && k > 1) k /= k > fine_k ? flat_step : 2;
    // So few are of little use, and more will do if any of those that were probed comes near.
    const auto is_near = [&](const auto& probed) {
      return probed.first > k && probed.second < flat_variation * root_allowed();
    };
    if (k < first_k_min && std::any_of(gaps.begin(), gaps.end(), is_near)) {
      const std::uint32_t few = k;
      for (k = std::min(search.k_max, fine_k); k > few && !fits(k);) k -= std::max(k / 8, 1U);
    }
    search.guess = search.low ? search.low->k : 1;
    if (const auto above = gaps.upper_bound(search.low ? search.low->k : search.k_max); above != gaps.end()) {
      const double low_position = search.line.position(search.low->k);
      search.slope = (above->second - search.low->trial.gap) / (search.line.position(above->first) - low_position);
      search.guess = search.line.k_at(low_position - search.low->trial.gap / search.slope);
    }
    search.scatter_k = flat_scatter * search.guess;
    search.alike = true;
  }

  const ImageView& image_;
  const EncodeOptions& options_;
  TargetTrials& trials_;
  std::optional<WrittenImage> best_;
  GoalAttempt missed_;
};

}  // namespace

Encoded encode_to_size(const ImageView& image, const Target& target, const EncodeOptions& options) {
  TargetTrials trials(image, target, options);
  return trials.finish(SizeSearch(image, options, trials).run());
}

std::optional<std::uint32_t> find_k_if_flat(const ImageView& image, const EncodeOptions& options,
                                            TargetTrials& trials) {
  return SizeSearch(image, options, trials).run_if_flat();
}

}  // namespace vqi::detail
