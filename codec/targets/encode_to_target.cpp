// encode_to_target: which search a target takes.
#include "constrained_target.hpp"
#include "prepared_image.hpp"
#include "psnr_target.hpp"
#include "size_target.hpp"
#include "vqi/sweep.hpp"

namespace vqi {
using namespace detail;

Encoded encode_to_target(ImageView image, const Target& target, const EncodeOptions& options) {
  EncodeOptions any_k = options;
  any_k.k = 1;
  validate_encode(image, any_k);
  if (options.method == Method::ecvq && !options.lambda) return encode_constrained_to_target(image, target, any_k);
  return target.psnr_db ? encode_to_psnr(image, target, any_k) : encode_to_size(image, target, any_k);
}

}  // namespace vqi
