// A target keeps all colours and moves lambda: what more colours give is worth more than what they cost, up to 256.
#include "png_lambda_search.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <optional>
#include <utility>

#include "palette_picture.hpp"
#include "palette_size_search.hpp"
#include "png_choice.hpp"
#include "vqi/metrics.hpp"
#include "written_palette.hpp"

namespace vqi::detail {
namespace {

constexpr double min_lambda = 1.0 / 1024;
constexpr double max_lambda = 65536;
/// A trial that is as close to a target as this ends the search.
constexpr double close_db = 0.05;
constexpr double close_share = 0.01;
/// Chosen by eye and by SSIM: above it errors show as streaks along runs before the means gain much.
constexpr double usual_dither_strength = 0.5;

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

/// Each pixel gets its nearest colour.
EncodeOptions nearest_options(const QuantizeOptions& options) {
  EncodeOptions training = training_options(options, max_colours(options));
  training.dither = Dither::none;
  training.dither_strength.reset();
  return training;
}

/// Tries lambdas from the codebook of k-means, which is learned once.
class LambdaSearch {
 public:
  LambdaSearch(const ImageView& image, const QuantizeOptions& options, const RunOptions& run)
      : image_(image), options_(options), run_(run), start_(learn_palette(image, nearest_options(options), run)) {
    EncodeReport& report = start_.report;
    report.method = Method::ecvq;
    report.dither = options.dither.value_or(Dither::none);
    if (report.dither == Dither::none) return;
    report.dither_strength = options.dither_strength.value_or(usual_dither_strength);
    if (!report.distortion.psnr_db) report.distortion.mse_blurred = 0;  // each pixel keeps its colour
  }

  Quantized find() {
    const std::optional<double>& own_psnr = start_.report.distortion.psnr_db;
    if (options_.psnr_db && own_psnr && *own_psnr < *options_.psnr_db) return nearest_to_psnr(*own_psnr);
    if (options_.psnr_db && own_psnr) return with_psnr(*options_.psnr_db);
    if (options_.max_bytes) return within_bytes(*options_.max_bytes);
    return with_lambda(own_psnr ? options_.lambda.value_or(usual_lambda()) : 0, options_.effort);
  }

 private:
  /// Whether pixels are dithered; those of an image that keeps all its colours are not.
  [[nodiscard]] bool dithers() const noexcept {
    return start_.report.dither != Dither::none && start_.report.distortion.psnr_db;
  }

  /// By the theory of quantizing at a high rate lambda is proportional to the mean squared distance.
  [[nodiscard]] double usual_lambda() const {
    constexpr double share = 0.65;  // as of ecvq in .vqi files
    return std::clamp(share * start_.report.distortion.mse * image_.channels, min_lambda, max_lambda);
  }

  /// The colours do not reach the PSNR: the best there is, if that is allowed.
  Quantized nearest_to_psnr(double own_psnr) {
    if (own_psnr < options_.min_psnr_db.value_or(*options_.psnr_db))
      throw_psnr_unreachable(options_, start_.report.k, own_psnr);
    return with_lambda(0, options_.effort);
  }

  Quantized with_lambda(double lambda, std::uint32_t effort) {
    PalettePicture picture = start_;
    picture.report.lambda = lambda;
    if (lambda > 0 || dithers()) {
      const PngChoiceOptions choice{lambda, effort, options_.fixed.size(), picture.report.dither,
                                    picture.report.dither_strength};
      picture.indexed = choose_png_indices(image_, start_.indexed, choice, run_).indexed;
      picture.report.k = picture.indexed.codebook.width_px();
      picture.report.distortion = measure_distortion(image_, picture_of(picture.indexed, image_.channels),
                                                     MoreFigures{picture.report.dither != Dither::none, false}, run_);
    }
    return write_quantized(std::move(picture), options_, run_);
  }

  Quantized with_psnr(double psnr_db) {
    const auto margin = [&](const Quantized& tried) {
      const std::optional<double>& reached = tried.report.distortion.psnr_db;
      return reached ? (*reached - psnr_db) / close_db : max_lambda;
    };
    const auto is_better = [](const Quantized& a, const Quantized& b) { return a.bytes.size() < b.bytes.size(); };
    Quantized start = dithers() ? with_lambda(0, options_.effort) : by_kmeans();
    if (const std::optional<double> own = start.report.distortion.psnr_db; own && *own < psnr_db)
      return nearest_to_psnr(*own);
    Search search{GoodSide::low, margin, is_better, std::move(start), usual_lambda()};
    run_both(search);
    return std::move(*search.best);
  }

  Quantized within_bytes(std::uint64_t max_bytes) {
    const double most = static_cast<double>(max_bytes);
    const auto margin = [&](const Quantized& tried) {
      return (most - static_cast<double>(tried.bytes.size())) / (close_share * most);
    };
    const auto is_better = [](const Quantized& a, const Quantized& b) {
      const auto error = [](const Distortion& d) { return d.mse_blurred.value_or(d.mse); };
      return error(a.report.distortion) < error(b.report.distortion);
    };
    Quantized nearest = with_lambda(0, options_.effort);
    if (nearest.bytes.size() <= max_bytes) return nearest;
    Search search{GoodSide::high, margin, is_better, std::nullopt, 4 * usual_lambda()};
    run_both(search);
    if (!search.best) return smaller_palette(search.last_bytes);
    return std::move(*search.best);
  }

  /// Fewer colours and no choice of indices, which is the smallest on some charts.
  [[nodiscard]] Quantized by_kmeans() const {
    QuantizeOptions nearest = options_;
    nearest.dither = Dither::none;
    Quantized result = quantize_by_kmeans(image_, nearest, run_);
    result.report.warnings.emplace_back(
        "nearest colours, as of k-means, are kept: no choice of others gave a smaller file");
    return result;
  }

  /// On which side of the bound lambda meets the target.
  enum class GoodSide { low, high };

  /// What is known of a target. A margin of 0 or more meets it, and one up to 1 is close enough.
  struct Search {
    GoodSide good_side;
    std::function<double(const Quantized&)> margin;
    std::function<bool(const Quantized&, const Quantized&)> is_better;
    std::optional<Quantized> best;
    double lambda;  ///< of the next trial, at the end of the closest
    std::uint64_t last_bytes = 0;
  };

  /// Looks with little effort, then near what that finds with the one asked for.
  void run_both(Search& search) {
    constexpr std::uint32_t quick_effort = 1;
    constexpr int quick_trials = 8;
    constexpr int last_trials = 3;
    run_trials(search, std::min(options_.effort, quick_effort), quick_trials, 4);
    if (options_.effort > quick_effort && search.best) run_trials(search, options_.effort, last_trials, 1.2);
  }

  /// Steps by the factor `step` until the bound lies between two lambdas, then halves between them.
  void run_trials(Search& search, std::uint32_t effort, int trials, double step) {
    std::optional<double> good;
    std::optional<double> bad;
    double lambda = search.lambda;
    for (int trial = 0; trial < trials; ++trial) {
      Quantized tried = with_lambda(lambda, effort);
      const double margin = search.margin(tried);
      search.last_bytes = tried.bytes.size();
      search.lambda = lambda;
      if (margin >= 0 && (!search.best || search.is_better(tried, *search.best))) search.best = std::move(tried);
      if (margin >= 0 && margin <= 1) return;
      (margin >= 0 ? good : bad) = lambda;
      const bool goes_up = (margin >= 0) == (search.good_side == GoodSide::low);
      const double next = good && bad ? std::sqrt(*good * *bad) : goes_up ? lambda * step : lambda / step;
      if (next < min_lambda || next > max_lambda) return;
      lambda = next;
    }
    if (good) search.lambda = *good;
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
  PalettePicture start_;
};

}  // namespace

Quantized quantize_by_ecvq(const ImageView& image, const QuantizeOptions& options, const RunOptions& run) {
  return LambdaSearch(image, options, run).find();
}

}  // namespace vqi::detail
