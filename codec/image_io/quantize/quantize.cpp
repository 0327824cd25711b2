// Checks options, brings the image to 8 bits, and reports what was asked for.
#include "vqi/quantize.hpp"

#include <cmath>
#include <memory>
#include <string>
#include <utility>

#include "colour_count_search.hpp"
#include "lap_clock.hpp"
#include "palette_picture.hpp"
#include "png_lambda_search.hpp"
#include "vqi/error.hpp"

namespace vqi {
using namespace detail;
namespace {

[[noreturn]] void refuse(const std::string& why) { throw Error(ErrorCode::invalid_option, why); }

void check_targets(const QuantizeOptions& options) {
  for (const std::optional<double>& psnr_db : {options.psnr_db, options.min_psnr_db})
    if (psnr_db && !(*psnr_db > 0 && std::isfinite(*psnr_db))) refuse("a PSNR must be a number over 0");
  if (options.psnr_db && options.max_bytes) refuse("psnr_db and max_bytes exclude each other");
  if (options.min_psnr_db && !options.psnr_db) refuse("min_psnr_db is of no use without psnr_db");
  if (options.max_bytes && *options.max_bytes == 0) refuse("max_bytes is 0; a file has more");
}

/// What of the options ecvq cannot have, null if there is none.
const char* without_ecvq(const QuantizeOptions& options) {
  if (options.dither == Dither::blue || options.dither == Dither::bayer)
    return "a dither by thresholds, blue or bayer,";
  if (options.codebook) return "a codebook";
  if (options.weights) return "weights";
  if (options.keep_small) return "keep_small";
  return options.space == Space::oklab ? "the space oklab" : nullptr;
}

Method method_of(const QuantizeOptions& options) {
  const bool has_target = options.psnr_db || options.max_bytes;
  const bool may_be_ecvq = without_ecvq(options) == nullptr;
  return options.method.value_or((has_target || options.lambda) && may_be_ecvq ? Method::ecvq : Method::kmeans);
}

void check_codebook(const QuantizeOptions& options) {
  const Codebook& codebook = *options.codebook;
  if (options.k || options.psnr_db || options.max_bytes) refuse("a codebook is given, which leaves no k or target");
  if (codebook.block_width_px != 1 || codebook.block_height_px != 1)
    refuse("the codebook has blocks of pixels, which a palette PNG has not");
  if (codebook.size() > max_palette_size)
    refuse("the codebook has " + std::to_string(codebook.size()) + " colours; a palette PNG has at most 256");
}

/// `options` with a codebook of 8 bits a sample, rounded if it has more.
QuantizeOptions rounding_codebook(const QuantizeOptions& options) {
  QuantizeOptions own = options;
  if (!options.codebook || options.codebook->codewords.bit_depth() == 8) return own;
  Codebook rounded{1, 1, {}};
  static_cast<void>(in_eight_bits(options.codebook->codewords.view(), rounded.codewords));
  own.codebook = std::make_shared<const Codebook>(std::move(rounded));
  return own;
}

void check_dither(const QuantizeOptions& options, Method method) {
  if (method != Method::ecvq || !options.dither_strength) return;  // of kmeans encode checks it
  if (options.dither.value_or(Dither::none) == Dither::none)
    refuse("dither strength is given but no dither, give both or none");
  if (!(*options.dither_strength >= 0 && *options.dither_strength <= 1))
    refuse("dither strength is " + std::to_string(*options.dither_strength) + "; it must be 0 to 1");
}

void check_options(const QuantizeOptions& options) {
  if (options.k && (*options.k < 1 || *options.k > max_palette_size))
    refuse("k is " + std::to_string(*options.k) + "; a palette PNG has 1 to 256 colours");
  check_targets(options);
  const Method method = method_of(options);
  if (method != Method::kmeans && method != Method::ecvq) refuse("the method of a palette PNG is kmeans or ecvq");
  if (const char* const wrong = without_ecvq(options); method == Method::ecvq && wrong != nullptr)
    refuse(std::string(wrong) + " is of kmeans alone; ecvq chooses colours by their bits");
  check_dither(options, method);
  if (options.codebook) check_codebook(options);
  if (!options.lambda) return;
  if (!(*options.lambda >= 0 && *options.lambda <= 65536)) refuse("lambda must be a number from 0 to 65536");
  if (method != Method::ecvq) refuse("lambda is of ecvq alone");
  if (options.psnr_db || options.max_bytes) refuse("a target chooses lambda; give one of the two");
}

}  // namespace

Quantized quantize(ImageView image, const QuantizeOptions& options, const RunOptions& run) {
  validate(image);
  check_options(options);
  const QuantizeOptions rounding = rounding_codebook(options);
  LapClock clock;
  Image rounded;
  const ImageView view = in_eight_bits(image, rounded);
  Quantized result = method_of(options) == Method::ecvq ? quantize_by_ecvq(view, rounding, run)
                                                        : quantize_by_kmeans(view, rounding, run);
  EncodeReport& report = result.report;
  // All that trials took of which nothing is kept counts as training.
  report.seconds.train = clock.lap() - report.seconds.assign - report.seconds.encode - report.seconds.measure;
  report.k_requested.reset();
  if (options.psnr_db || options.max_bytes) {
    if (!report.k_chosen) report.k_chosen = report.k;
  } else {
    report.k_chosen.reset();
    if (!options.codebook) report.k_requested = max_colours(options);
  }
  if (image.bit_depth == 16)
    report.warnings.insert(report.warnings.begin(), "16 bits a sample are rounded to 8, which is what a palette holds");
  return result;
}

}  // namespace vqi
