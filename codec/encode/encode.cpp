// encode: prepares the image, writes it once and measures the result.
#include <optional>
#include <utility>

#include "prepared_image.hpp"

namespace vqi {
using namespace detail;

Encoded encode(ImageView image, const EncodeOptions& options) {
  validate_encode(image, options);
  const ThreadPool pool(options.threads);
  ProgressReporter progress(options.progress);
  std::optional<PreparedImage> prepared(std::in_place, image, options, pool, progress);
  WrittenImage written = prepared->write(options, progress);
  written.report.seconds.train += prepared->prepare_seconds();
  prepared.reset();  // before measuring takes its memory
  return measure_written(image, std::move(written), pool, progress);
}

}  // namespace vqi
