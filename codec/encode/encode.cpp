// encode: an image is prepared, written once, and measured.
#include <optional>
#include <utility>

#include "prepared_image.hpp"

namespace vqi {
using namespace detail;

Encoded encode(ImageView image, const EncodeOptions& options, const RunOptions& run) {
  const EncodeOptions own = checked_options(image, options);
  check_encode_memory(image, own, run);
  const CallWork work(run);
  std::optional<PreparedImage> prepared(std::in_place, image, own, work);
  WrittenImage written = prepared->write(own, work);
  written.report.seconds.train += prepared->prepare_seconds();
  prepared.reset();  // before measuring takes its memory
  return measure_written(image, std::move(written), work);
}

}  // namespace vqi
