// Quality and size rise with the number of colours, nearly: so the number is found by halving.
#include "colour_count_search.hpp"

#include <string>
#include <utility>

#include "palette_picture.hpp"
#include "vqi/error.hpp"
#include "vqi/option_values.hpp"
#include "written_palette.hpp"

namespace vqi::detail {
namespace {

std::string decibels(double psnr_db) {
  const std::string text = std::to_string(psnr_db);
  return text.substr(0, text.find('.') + 3) + " dB";
}

/// Tries numbers of colours.
class ColourCountSearch {
 public:
  ColourCountSearch(const ImageView& image, const QuantizeOptions& options, const RunOptions& run)
      : image_(image), options_(options), run_(run), k_(max_colours(options)) {}

  [[nodiscard]] Quantized find() const {
    if (options_.psnr_db) return fewest_with_psnr(*options_.psnr_db);
    if (options_.max_bytes) return most_within(*options_.max_bytes);
    return write_quantized(picture(k_), options_, run_);
  }

 private:
  /// The largest number of colours that cannot be: each fixed one takes one.
  [[nodiscard]] std::uint32_t too_few() const noexcept {
    return options_.fixed.empty() ? 0 : static_cast<std::uint32_t>(options_.fixed.size() - 1);
  }

  [[nodiscard]] PalettePicture picture(std::uint32_t k) const {
    return learn_palette(image_, training_options(options_, k), run_);
  }

  [[nodiscard]] Quantized fewest_with_psnr(double psnr_db) const {
    PalettePicture best = picture(k_);
    if (!reaches(best.report.distortion, psnr_db)) {
      const double reached = *best.report.distortion.psnr_db;
      if (reached < options_.min_psnr_db.value_or(psnr_db)) throw_psnr_unreachable(options_, best.report.k, reached);
      return write_quantized(std::move(best), options_, run_);
    }
    std::uint32_t failing = too_few();
    std::uint32_t reaching = best.report.k;
    while (reaching - failing > 1) {
      const std::uint32_t k = failing + (reaching - failing) / 2;
      PalettePicture tried = picture(k);
      if (reaches(tried.report.distortion, psnr_db)) {
        reaching = k;
        best = std::move(tried);
      } else {
        failing = k;
      }
    }
    return write_quantized(std::move(best), options_, run_);
  }

  [[nodiscard]] Quantized most_within(std::uint64_t max_bytes) const {
    Quantized best = write_quantized(picture(k_), options_, run_);
    std::uint32_t too_large = best.report.k;
    std::uint32_t fitting = too_few();
    std::uint64_t least_bytes = best.bytes.size();
    if (least_bytes <= max_bytes) return best;
    while (too_large - fitting > 1) {
      const std::uint32_t k = fitting + (too_large - fitting) / 2;
      Quantized tried = write_quantized(picture(k), options_, run_);
      if (tried.bytes.size() <= max_bytes) {
        fitting = k;
        best = std::move(tried);
      } else {
        too_large = k;
        least_bytes = tried.bytes.size();
      }
    }
    if (fitting == too_few()) throw_size_unreachable(options_, least_bytes);
    return best;
  }

  const ImageView& image_;
  const QuantizeOptions& options_;
  const RunOptions& run_;
  std::uint32_t k_;
};

}  // namespace

bool reaches(const Distortion& distortion, double psnr_db) noexcept {
  return !distortion.psnr_db || *distortion.psnr_db >= psnr_db;
}

void throw_psnr_unreachable(const QuantizeOptions& options, std::uint32_t k, double psnr_db) {
  const auto text = [&](double figure, const char* what_psnr, const char* what_quality) {
    if (!options.tells_quality) return what_psnr + decibels(figure);
    return what_quality + std::to_string(quality_of_psnr(figure)) + " (" + decibels(figure) + ")";
  };
  throw Error(ErrorCode::target_unreachable,
              text(options.min_psnr_db.value_or(*options.psnr_db), "a PSNR of ", "a quality of ") +
                  " cannot be reached; " + std::to_string(k) + (k == 1 ? " colour reaches " : " colours reach ") +
                  text(psnr_db, "", ""));
}

void throw_size_unreachable(const QuantizeOptions& options, std::uint64_t bytes) {
  throw Error(ErrorCode::target_unreachable, "no palette PNG of it has " + std::to_string(*options.max_bytes) +
                                                 " bytes or less; the smallest has " + std::to_string(bytes));
}

Quantized quantize_by_kmeans(const ImageView& image, const QuantizeOptions& options, const RunOptions& run) {
  return ColourCountSearch(image, options, run).find();
}

}  // namespace vqi::detail
