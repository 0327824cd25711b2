// A target moves lambda, and begins with all colours: fewer are taken where a quick look says that they cost less.
#include "png_lambda_search.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <utility>

#include "colour_count_search.hpp"
#include "lambda_crossing.hpp"
#include "palette_picture.hpp"
#include "png_choice.hpp"
#include "vqi/metrics.hpp"
#include "written_palette.hpp"

namespace vqi::detail {
namespace {

/// A trial that is as close to a target as this ends the search; a size by its logarithm, of which this is 0.6 %.
constexpr double close_db = 0.05;
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
  std::uint64_t bytes = 0;  ///< a quick estimate
};

/// Where a palette meets the target, by an effort that shows no more than which palette is worth the full one.
struct QuickFind {
  double lambda = 0;
  double quality_db = 0;  ///< PSNR and size in one figure: of two finds that meet a target the higher is better
};

/// Tries lambdas from the codebook of k-means.
class LambdaSearch {
 public:
  LambdaSearch(const ImageView& image, const QuantizeOptions& options, const RunOptions& run)
      : image_(image), options_(options), run_(run), goal_(options_), start_(learn(max_colours(options))) {}

  Quantized find() {
    const std::optional<double>& own_psnr = start_.report.distortion.psnr_db;
    if (options_.psnr_db && own_psnr && *own_psnr < *options_.psnr_db) return nearest_to_psnr(*own_psnr);
    if (options_.psnr_db) return dithers() ? dithered_with_psnr() : with_psnr();
    if (options_.max_bytes) return within_bytes();
    return write(choose(own_psnr ? options_.lambda.value_or(usual_lambda()) : 0, options_.effort));
  }

 private:
  [[nodiscard]] PalettePicture learn(std::uint32_t k) const {
    EncodeOptions training = training_options(options_, k);
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
  [[nodiscard]] double usual_lambda() const {
    constexpr double share = 0.65;  // as of ecvq in .vqi files
    return std::clamp(share * start_.report.distortion.mse * image_.channels, min_png_lambda, max_png_lambda);
  }

  /// The colours do not reach the PSNR: the best there is, if that is allowed.
  Quantized nearest_to_psnr(double own_psnr) {
    if (own_psnr < options_.min_psnr_db.value_or(*options_.psnr_db))
      throw_psnr_unreachable(options_, start_.report.k, own_psnr);
    return write(choose(0, options_.effort));
  }

  [[nodiscard]] Trial choose(double lambda, std::uint32_t effort) const {
    Trial trial{start_, 0};
    PalettePicture& picture = trial.picture;
    picture.report.lambda = lambda;
    if (lambda > 0 || dithers()) {
      const PngChoiceOptions asked{
          lambda,          effort, options_.fixed.size(), picture.report.dither, picture.report.dither_strength,
          goal_.is_given()};
      PngChoice choice = choose_png_indices(image_, start_.indexed, asked, run_);
      picture.indexed = std::move(choice.indexed);
      picture.report.k = picture.indexed.codebook.width_px();
      picture.report.distortion = measure_distortion(image_, picture_of(picture.indexed, image_.channels),
                                                     MoreFigures{picture.report.dither != Dither::none, false}, run_);
      constexpr std::uint64_t frame_bytes = 70;
      trial.bytes = choice.bits / 8 + 3 * std::uint64_t{picture.report.k} + frame_bytes;
    }
    return trial;
  }

  [[nodiscard]] Quantized write(Trial trial) const { return write_quantized(std::move(trial.picture), options_, run_); }

  Quantized with_psnr() {
    choose_palette();
    std::optional<Trial> best = last_trials();
    // Fewer colours and no choice of indices, which is the smallest on some charts.
    Quantized nearest = by_kmeans();
    if (!best) return nearest;
    Quantized result = write(std::move(*best));
    return nearest.bytes.size() <= result.bytes.size() ? std::move(nearest) : std::move(result);
  }

  Quantized dithered_with_psnr() {
    Trial plain = choose(0, options_.effort);
    const std::optional<double>& plain_psnr = plain.picture.report.distortion.psnr_db;
    if (plain_psnr && *plain_psnr < *options_.psnr_db) return nearest_to_psnr(*plain_psnr);
    choose_palette();
    std::optional<Trial> best = last_trials();
    return write(best ? std::move(*best) : std::move(plain));
  }

  Quantized within_bytes() {
    Quantized nearest = write(choose(0, options_.effort));
    if (nearest.bytes.size() <= *options_.max_bytes) return nearest;
    choose_palette();
    LambdaCrossing crossing(lambda_, goal_.slope());
    constexpr int trials = 6;
    std::optional<Quantized> best;
    std::uint64_t least_bytes = nearest.bytes.size();
    for (int i = 0; i < trials && !crossing.is_exhausted(); ++i) {
      const double lambda = crossing.next();
      Quantized tried = write(choose(lambda, options_.effort));
      const double excess = goal_.excess(tried.report.distortion, tried.bytes.size());
      crossing.add(lambda, excess);
      least_bytes = std::min<std::uint64_t>(least_bytes, tried.bytes.size());
      if (excess >= 0 && (!best || error_of(tried) < error_of(*best))) best = std::move(tried);
      if (best && (i + 1 >= full_trials || (excess >= 0 && excess <= close_db))) break;
    }
    return best ? std::move(*best) : smaller_palette(least_bytes);
  }

  /// As it is seen: of a dither blurred.
  [[nodiscard]] static double error_of(const Quantized& quantized) {
    const Distortion& distortion = quantized.report.distortion;
    return distortion.mse_blurred.value_or(distortion.mse);
  }

  [[nodiscard]] Quantized by_kmeans() const {
    QuantizeOptions nearest = options_;
    nearest.dither = Dither::none;
    nearest.dither_strength.reset();
    Quantized result = quantize_by_kmeans(image_, nearest, run_);
    result.report.warnings.emplace_back(
        "nearest colours, as of k-means, are kept: no choice of others gave a smaller file");
    return result;
  }

  /// Trials with the effort asked for, from `lambda_` on: the smallest that reaches the PSNR.
  [[nodiscard]] std::optional<Trial> last_trials() const {
    LambdaCrossing crossing(lambda_, goal_.slope());
    constexpr int trials = 8;
    std::optional<Trial> best;
    for (int i = 0; i < trials && !crossing.is_exhausted(); ++i) {
      const double lambda = crossing.next();
      Trial trial = choose(lambda, options_.effort);
      const double excess = goal_.excess(trial.picture.report.distortion, trial.bytes);
      crossing.add(lambda, excess);
      if (excess >= 0 && (!best || trial.bytes < best->bytes)) best = std::move(trial);
      if (excess >= 0 && excess <= close_db) break;
      const bool is_near = std::abs(excess) <= near_db;  // else the lambda of the quick look was far off
      if (best && is_near && i + 1 >= full_trials) break;
    }
    return best;
  }

  /// With little effort: where does the palette of the start meet the target?
  [[nodiscard]] QuickFind look(double lambda) const {
    constexpr std::uint32_t quick_effort = 2;
    constexpr int trials = 5;
    constexpr std::uint64_t few_pixels = std::uint64_t{1} << 14;  // on which the full effort takes little time
    const bool is_small = std::uint64_t{image_.width_px} * image_.height_px <= few_pixels;
    const std::uint32_t effort = is_small ? options_.effort : std::min(options_.effort, quick_effort);
    LambdaCrossing crossing(lambda, goal_.slope());
    QuickFind found;
    for (int i = 0; i < trials && !crossing.is_exhausted(); ++i) {
      const double tried = crossing.next();
      const Trial trial = choose(tried, effort);
      const Distortion& distortion = trial.picture.report.distortion;
      const double excess = goal_.excess(distortion, trial.bytes);
      crossing.add(tried, excess);
      constexpr double no_error_db = 100;
      found.quality_db =
          distortion.psnr_db.value_or(no_error_db) - db_per_log_bytes * std::log(static_cast<double>(trial.bytes));
      if (std::abs(excess) <= near_db) break;
    }
    found.lambda = crossing.next();
    return found;
  }

  /// Looks for a palette with fewer colours at which the target costs less, as on charts, and for lambda.
  void choose_palette() {
    constexpr double lossless_lambda = 4;  // where there is no distortion to begin from
    const bool is_lossless = !start_.report.distortion.psnr_db;
    QuickFind best = look(is_lossless ? lossless_lambda : goal_.is_psnr() ? usual_lambda() : 2 * usual_lambda());
    while (start_.report.k > 8 && !dithers()) {
      const std::uint32_t k = start_.report.k * 5 / 8;
      if (k <= options_.fixed.size()) break;
      PalettePicture fewer = learn(k);
      if (options_.psnr_db && !reaches(fewer.report.distortion, *options_.psnr_db + 0.2)) break;
      std::swap(start_, fewer);
      const QuickFind found = look(best.lambda);
      if (found.quality_db <= best.quality_db) {
        std::swap(start_, fewer);
        break;
      }
      best = found;
    }
    lambda_ = best.lambda;
  }

  /// The file is too small for so many colours at any lambda.
  Quantized smaller_palette(std::uint64_t least_bytes) {
    const auto fewest = static_cast<std::uint32_t>(std::max<std::size_t>(1, options_.fixed.size()));
    if (start_.report.k <= fewest) throw_size_unreachable(options_, least_bytes);
    QuantizeOptions fewer = options_;
    fewer.k = std::max(fewest, start_.report.k / 4);
    return LambdaSearch(image_, fewer, run_).find();
  }

  /// Trials with the effort asked for after which one that meets the target is enough, if the last was near it.
  static constexpr int full_trials = 3;
  /// From where slopes tell the rest.
  static constexpr double near_db = 0.5;

  const ImageView& image_;
  const QuantizeOptions& options_;
  const RunOptions& run_;
  Goal goal_;
  PalettePicture start_;
  double lambda_ = 0;
};

}  // namespace

Quantized quantize_by_ecvq(const ImageView& image, const QuantizeOptions& options, const RunOptions& run) {
  return LambdaSearch(image, options, run).find();
}

}  // namespace vqi::detail
