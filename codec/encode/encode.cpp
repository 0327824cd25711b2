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
  const Work work{pool, progress};
  std::optional<PreparedImage> prepared(std::in_place, image, options, work);
  WrittenImage written = prepared->write(options, work);
  written.report.seconds.train += prepared->prepare_seconds();
  prepared.reset();  // before measuring takes its memory
  return measure_written(image, std::move(written), work);
}

}  // namespace vqi
