// A target moves lambda, and begins with all colours: fewer are taken where a quick look says that they cost less.
#include "png_lambda_search.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <utility>

#include "colour_count_search.hpp"
#include "lambda_crossing.hpp"
#include "lap_clock.hpp"
#include "palette_picture.hpp"
#include "png_choice.hpp"
#include "vqi/metrics.hpp"
#include "written_palette.hpp"

namespace vqi::detail {
namespace {

/// A trial that is as close to a target as this ends the search; a size by its logarithm, of which this is 0.6 %.
constexpr double close_db = 0.05;
/// From where slopes tell the rest.
constexpr double near_db = 0.5;
/// Trials after which one that meets the target is enough, if it is within `good_db` of it.
constexpr int enough_trials = 3;
constexpr double good_db = 0.15;
constexpr int most_trials = 6;
/// The effort of training and choices that show no more than which palette is worth the full one: from 6 on with
/// filters of rows, which take half the time again.
constexpr std::uint32_t quick_effort(std::uint32_t effort) noexcept { return effort < 6 ? std::min(effort, 3U) : 4; }
/// Chosen by eye and by SSIM: above it errors show as streaks along runs before the means gain much.
constexpr double usual_dither_strength = 0.5;
/// A dB is worth about an eighth of the bytes.
constexpr double db_per_log_bytes = 8;
/// What the factor e of lambda costs: 2 to 3 dB on photographs and on screens.
constexpr double db_per_log_lambda = 2.5;

/// The picture of indices of RGBA codewords, with the channels of the original: figures are means over these.
Image picture_of(const IndexedImage& indexed, std::uint32_t channels) {
  constexpr std::size_t codeword_samples = 4;
  const std::uint32_t colours = channels < 3 ? 1 : 3;
  Image image(indexed.width_px, indexed.height_px, channels, 8);
  std::byte* target = image.samples().data();
  for (const std::uint16_t index : indexed.indices) {
    const std::byte* codeword = indexed.codebook.samples().data() + index * codeword_samples;
    target = std::copy_n(codeword, colours, target);
    if (channels != colours) *target++ = codeword[3];
  }
  return image;
}

/// The target of a search, and how far figures are from it.
class Goal {
 public:
  explicit Goal(const QuantizeOptions& options) : options_(options) {}

  [[nodiscard]] bool is_given() const noexcept { return options_.psnr_db || options_.max_bytes; }
  [[nodiscard]] bool is_psnr() const noexcept { return options_.psnr_db.has_value(); }
  /// In dB, or in the logarithm of bytes brought to dB; 0 or more meets the target.
  [[nodiscard]] double excess(const Distortion& distortion, std::uint64_t bytes) const {
    if (!is_psnr())
      return db_per_log_bytes * std::log(static_cast<double>(*options_.max_bytes) / static_cast<double>(bytes));
    constexpr double no_error_db = 100;
    return distortion.psnr_db.value_or(no_error_db) - *options_.psnr_db;
  }
  /// How the excess changes with the logarithm of lambda.
  [[nodiscard]] double slope() const noexcept { return is_psnr() ? -db_per_log_lambda : db_per_log_lambda; }

 private:
  const QuantizeOptions& options_;
};

/// Chosen indices, not written yet.
struct Trial {
  PalettePicture picture;
  RowFilter filter = RowFilter::none;
  std::vector<RowFilter> row_filters{};
  double lambda = 0;
  std::uint64_t bytes = 0;  ///< a quick estimate
};

/// Tries lambdas from the codebook of k-means.
class LambdaSearch {
 public:
  LambdaSearch(const ImageView& image, const QuantizeOptions& options, const RunOptions& run)
      : image_(image),
        options_(options),
        run_(run),
        goal_(options_),
        start_(learn(max_colours(options), options.effort)) {}

  Quantized find() {
    const std::optional<double>& own_psnr = start_.report.distortion.psnr_db;
    if (options_.psnr_db && own_psnr && *own_psnr < *options_.psnr_db) return nearest_to_psnr(*own_psnr);
    if (options_.psnr_db) return dithers() ? dithered_with_psnr() : with_psnr();
    if (options_.max_bytes) return within_bytes();
    return write(
        choose(own_psnr ? options_.lambda.value_or(usual_lambda(start_.report.distortion.mse)) : 0, options_.effort));
  }

 private:
  [[nodiscard]] PalettePicture learn(std::uint32_t k, std::uint32_t effort) const {
    EncodeOptions training = training_options(options_, k);
    training.effort = effort;
    training.dither = Dither::none;  // each pixel gets its nearest colour
    training.dither_strength.reset();
    PalettePicture picture = learn_palette(image_, training, run_);
    EncodeReport& report = picture.report;
    report.method = Method::ecvq;
    report.k_chosen = report.k;
    report.dither = options_.dither.value_or(Dither::none);
    if (report.dither == Dither::none) return picture;
    report.dither_strength = options_.dither_strength.value_or(usual_dither_strength);
    if (!report.distortion.psnr_db) report.distortion.mse_blurred = 0;  // each pixel keeps its colour
    return picture;
  }

  /// Whether pixels are dithered; those of an image that keeps all its colours are not.
  [[nodiscard]] bool dithers() const noexcept {
    return start_.report.dither != Dither::none && start_.report.distortion.psnr_db;
  }

  /// By the theory of quantizing at a high rate lambda is proportional to the mean squared distance.
  [[nodiscard]] double usual_lambda(double mse) const {
    constexpr double share = 0.65;  // as of ecvq in .vqi files
    return std::clamp(share * mse * image_.channels, min_png_lambda, max_png_lambda);
  }

  /// A guess, from what the usual lambda does to photographs. `nearest_bytes`: of the file of the nearest colours, 0 if
  /// it is not known.
  [[nodiscard]] double first_lambda(std::uint64_t nearest_bytes) const {
    constexpr double lossless_lambda = 4;  // where there is no distortion to begin from
    const std::optional<double>& own_psnr = start_.report.distortion.psnr_db;
    if (!own_psnr) return lossless_lambda;
    constexpr double usual_loss_db = 1.7;
    constexpr double usual_gain_db = 3.4;
    double beyond_db = 0;  // the usual lambda
    if (goal_.is_psnr()) beyond_db = *own_psnr - *options_.psnr_db - usual_loss_db;
    if (nearest_bytes > 0) beyond_db = -goal_.excess(start_.report.distortion, nearest_bytes) - usual_gain_db;
    constexpr double bound = 3;
    return usual_lambda(start_.report.distortion.mse) *
           std::exp(std::clamp(beyond_db / db_per_log_lambda, -bound, bound));
  }

  /// The colours do not reach the PSNR: the best there is, if that is allowed.
  Quantized nearest_to_psnr(double own_psnr) {
    if (own_psnr < options_.min_psnr_db.value_or(*options_.psnr_db))
      throw_psnr_unreachable(options_, start_.report.k, own_psnr);
    return write(choose(0, options_.effort));
  }

  /// Chooses indices; after another trial at a lambda not far away one pass more than that had is enough.
  [[nodiscard]] Trial choose(double lambda, std::uint32_t effort, const Trial* before = nullptr) const {
    constexpr double far = 1.2;
    // At a smaller lambda colours may be worth their bits that were merged before.
    const bool continues = before != nullptr && std::abs(std::log(lambda / before->lambda)) < far &&
                           (lambda > before->lambda || before->picture.report.k == start_.report.k);
    Trial trial{start_, RowFilter::none, {}, lambda, 0};
    PalettePicture& picture = trial.picture;
    picture.report.lambda = lambda;
    if (lambda > 0 || dithers()) {
      PngChoiceOptions asked{lambda,
                             effort,
                             options_.fixed.size(),
                             picture.report.dither,
                             picture.report.dither_strength,
                             goal_.is_given(),
                             {},
                             {},
                             options_.effort};
      if (continues) {
        asked.continues = before->filter;
        asked.row_filters = before->row_filters;
      }
      LapClock clock;
      PngChoice choice = choose_png_indices(image_, continues ? before->picture.indexed : start_.indexed, asked, run_);
      picture.indexed = std::move(choice.indexed);
      picture.report.seconds.assign += clock.lap();
      picture.report.k = picture.indexed.codebook.width_px();
      picture.report.distortion = measure_distortion(image_, picture_of(picture.indexed, image_.channels),
                                                     MoreFigures{picture.report.dither != Dither::none, false}, run_);
      picture.report.seconds.measure += clock.lap();
      constexpr std::uint64_t frame_bytes = 70;
      trial.filter = choice.filter;
      trial.row_filters = std::move(choice.row_filters);
      trial.bytes = choice.bits / 8 + 3 * std::uint64_t{picture.report.k} + frame_bytes;
    }
    return trial;
  }

  [[nodiscard]] Quantized write(Trial trial) const { return write_quantized(std::move(trial.picture), options_, run_); }

  Quantized with_psnr() {
    choose_palette(first_lambda(0));
    std::optional<Trial> best = last_trials();
    // Fewer colours and no choice of indices, which is the smallest on some charts.
    if (!best) return by_kmeans(options_.effort);
    constexpr double flat = 5;
    if (best->lambda < flat * usual_lambda(best->picture.report.distortion.mse)) return write(std::move(*best));
    Quantized result = write(std::move(*best));
    constexpr std::size_t near = 32;  // more effort gains less
    const std::size_t quick_bytes = by_kmeans(quick_effort(options_.effort)).bytes.size();
    if (quick_bytes > result.bytes.size() + result.bytes.size() / near) return result;
    Quantized nearest = by_kmeans(options_.effort);
    return nearest.bytes.size() <= result.bytes.size() ? std::move(nearest) : std::move(result);
  }

  Quantized dithered_with_psnr() {
    Trial plain = choose(0, options_.effort);
    const std::optional<double>& plain_psnr = plain.picture.report.distortion.psnr_db;
    if (plain_psnr && *plain_psnr < *options_.psnr_db) return nearest_to_psnr(*plain_psnr);
    choose_palette(first_lambda(0));
    std::optional<Trial> best = last_trials();
    return write(best ? std::move(*best) : std::move(plain));
  }

  Quantized within_bytes() {
    Quantized nearest = write(choose(0, options_.effort));
    if (nearest.bytes.size() <= *options_.max_bytes) return nearest;
    choose_palette(first_lambda(nearest.bytes.size()));
    LambdaCrossing crossing(lambda_, goal_.slope());
    std::optional<Quantized> best;
    std::optional<Trial> last = first_before();
    std::uint64_t least_bytes = nearest.bytes.size();
    for (int i = 0; i < most_trials && !crossing.is_exhausted(); ++i) {
      last = choose(crossing.next(), options_.effort, last ? &*last : nullptr);
      Quantized tried = write(*last);
      const double excess = goal_.excess(tried.report.distortion, tried.bytes.size());
      crossing.add(last->lambda, excess);
      least_bytes = std::min<std::uint64_t>(least_bytes, tried.bytes.size());
      if (excess >= 0 && (!best || error_of(tried) < error_of(*best))) best = std::move(tried);
      if (best && (i + 1 >= enough_trials || (excess >= 0 && excess <= close_db))) break;
    }
    return best ? std::move(*best) : smaller_palette(least_bytes);
  }

  /// As it is seen: of a dither blurred.
  [[nodiscard]] static double error_of(const Quantized& quantized) {
    const Distortion& distortion = quantized.report.distortion;
    return distortion.mse_blurred.value_or(distortion.mse);
  }

  [[nodiscard]] Quantized by_kmeans(std::uint32_t effort) const {
    QuantizeOptions nearest = options_;
    nearest.effort = effort;
    nearest.dither = Dither::none;
    nearest.dither_strength.reset();
    Quantized result = quantize_by_kmeans(image_, nearest, run_);
    result.report.warnings.emplace_back(
        "nearest colours, as of k-means, are kept: no choice of others gave a smaller file");
    return result;
  }

  /// What the first trial with the effort asked for may go on from: a quick look at matches may know no filters of
  /// rows.
  [[nodiscard]] std::optional<Trial> first_before() {
    const bool is_alike =
        quick_effort(options_.effort) == options_.effort || (looked_ && looked_->filter == RowFilter::paeth);
    return is_alike ? std::move(looked_) : std::nullopt;
  }

  /// Trials with the effort asked for, from `lambda_` on: the smallest that reaches the PSNR.
  [[nodiscard]] std::optional<Trial> last_trials() {
    LambdaCrossing crossing(lambda_, goal_.slope());
    std::optional<Trial> best;
    double least_excess = near_db;
    std::optional<Trial> last = first_before();
    for (int i = 0; i < most_trials && !crossing.is_exhausted(); ++i) {
      last = choose(crossing.next(), options_.effort, last ? &*last : nullptr);
      const double excess = goal_.excess(last->picture.report.distortion, last->bytes);
      crossing.add(last->lambda, excess);
      if (excess >= 0) least_excess = std::min(least_excess, excess);
      if (excess >= 0 && (!best || last->bytes < best->bytes)) best = last;
      if (least_excess <= (i + 1 < enough_trials ? close_db : good_db)) break;
    }
    return best;
  }

  /// Squared error + lambda * bits, with the palette's: of two palettes at one lambda the one with less is better.
  [[nodiscard]] double cost_of(const Trial& trial) const {
    const double samples = static_cast<double>(image_.width_px) * image_.height_px * image_.channels;
    return trial.picture.report.distortion.mse * samples + trial.lambda * 8 * static_cast<double>(trial.bytes);
  }

  /// With little effort: the lambda at which the palette of the start is near the target, and the last trial, which
  /// those with the effort asked for go on from.
  void look(double lambda) {
    constexpr int most_looks = 3;
    LambdaCrossing crossing(lambda, goal_.slope());
    looked_.reset();
    for (int i = 0; i < most_looks && !crossing.is_exhausted(); ++i) {
      looked_ = choose(crossing.next(), quick_effort(options_.effort), looked_ ? &*looked_ : nullptr);
      const double excess = goal_.excess(looked_->picture.report.distortion, looked_->bytes);
      crossing.add(looked_->lambda, excess);
      if (std::abs(excess) <= near_db) break;
    }
    lambda_ = crossing.next();
  }

  /// Looks for a palette with fewer colours that costs less at the same lambda, as on charts, and for lambda.
  void choose_palette(double first) {
    look(first);
    const std::uint32_t all = start_.report.k;
    std::uint32_t chosen = all;
    double least = cost_of(*looked_);
    for (std::uint32_t k = all * 5 / 8; k >= 5 && k > options_.fixed.size() && !dithers(); k = k * 5 / 8) {
      PalettePicture fewer = learn(k, quick_effort(options_.effort));
      if (options_.psnr_db && !reaches(fewer.report.distortion, *options_.psnr_db + 0.2)) break;
      std::swap(start_, fewer);
      const double cost = cost_of(choose(looked_->lambda, quick_effort(options_.effort)));
      std::swap(start_, fewer);
      if (cost >= least) break;
      least = cost;
      chosen = k;
    }
    if (chosen == all) return;
    start_ = learn(chosen, options_.effort);
    look(lambda_);
  }

  /// The file is too small for so many colours at any lambda.
  Quantized smaller_palette(std::uint64_t least_bytes) {
    const auto fewest = static_cast<std::uint32_t>(std::max<std::size_t>(1, options_.fixed.size()));
    if (start_.report.k <= fewest) throw_size_unreachable(options_, least_bytes);
    QuantizeOptions fewer = options_;
    fewer.k = std::max(fewest, start_.report.k / 4);
    return LambdaSearch(image_, fewer, run_).find();
  }

  const ImageView& image_;
  const QuantizeOptions& options_;
  const RunOptions& run_;
  Goal goal_;
  PalettePicture start_;
  double lambda_ = 0;
  std::optional<Trial> looked_;
};

}  // namespace

Quantized quantize_by_ecvq(const ImageView& image, const QuantizeOptions& options, const RunOptions& run) {
  return LambdaSearch(image, options, run).find();
}

}  // namespace vqi::detail
