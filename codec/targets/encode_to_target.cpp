// encode_to_target: which search a target takes.
#include "constrained_target.hpp"
#include "prepared_image.hpp"
#include "psnr_target.hpp"
#include "rate_constraint.hpp"
#include "restore_choice.hpp"
#include "size_target.hpp"
#include "vqi/sweep.hpp"

namespace vqi {
using namespace detail;
namespace {

/// Where bytes are weighed against distortion, unless the model is fast: its files are for decoders that take little
/// time and memory, such as vqi_decode.h.
bool restores_by_default(const EncodeOptions& options) noexcept {
  const bool single_pixels = options.block_width_px == 1 && options.block_height_px == 1;
  return options.method == Method::ecvq && single_pixels && model_of(options) != Model::fast;
}

}  // namespace

Encoded encode_to_target(ImageView image, const Target& target, const EncodeOptions& options, const RunOptions& run) {
  EncodeOptions own = checked_options_without_k(image, options, "a target");
  if (!own.restore) own.restore = restores_by_default(own);
  const bool moves_lambda = own.method == Method::ecvq && !own.lambda;
  check_encode_memory(image, own, run, moves_lambda ? rung_maps_max + 1 : 0);  // and that of the best trial
  const auto search = [&] {
    if (moves_lambda) return encode_constrained_to_target(image, target, own, run);
    return target.psnr_db ? encode_to_psnr(image, target, own, run) : encode_to_size(image, target, own, run);
  };
  Encoded encoded = search();
  warn_without_restore(options, encoded.report);
  return encoded;
}

}  // namespace vqi
