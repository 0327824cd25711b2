// encode: an image is prepared, quantized, written and measured.
#include <optional>
#include <utility>

#include "prepared_image.hpp"
#include "restore_choice.hpp"

namespace vqi {
using namespace detail;

Encoded encode(ImageView image, const EncodeOptions& options, const RunOptions& run) {
  const EncodeOptions own = checked_options(image, options);
  check_encode_memory(image, own, run);
  const CallWork work(run);
  std::optional<PreparedImage> prepared(std::in_place, image, own, work);
  QuantizedImage quantized = prepared->quantize(own, work);
  quantized.report.seconds.train += prepared->prepare_seconds();
  prepared.reset();  // before writing takes its memory
  Encoded encoded = finish_encode(image, write_quantized(image, std::move(quantized), own, work), own, work);
  warn_without_restore(own, encoded.report);
  return encoded;
}

}  // namespace vqi
