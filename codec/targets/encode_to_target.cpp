// encode_to_target: which search a target takes.
#include "constrained_target.hpp"
#include "prepared_image.hpp"
#include "psnr_target.hpp"
#include "size_target.hpp"
#include "vqi/sweep.hpp"

namespace vqi {
using namespace detail;

Encoded encode_to_target(ImageView image, const Target& target, const EncodeOptions& options, const RunOptions& run) {
  const EncodeOptions own = checked_options_without_k(image, options, "a target");
  check_encode_memory(image, own, run);
  if (own.method == Method::ecvq && !own.lambda) return encode_constrained_to_target(image, target, own, run);
  return target.psnr_db ? encode_to_psnr(image, target, own, run) : encode_to_size(image, target, own, run);
}

}  // namespace vqi
