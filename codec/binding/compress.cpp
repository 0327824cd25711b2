// What a command of the tool does to an image, as one call.
#include <utility>

#include "vqi/settings.hpp"

namespace vqi {

Encoded compress(ImageView image, Settings settings, const ProgressCallback& progress) {
  check_settings(settings);
  Image storage;
  std::vector<std::string> warnings;
  const ImageView fitted = fit_colours(image, settings, storage, warnings);
  const EncodeOptions options = encode_options(settings);
  const RunOptions run = settings.run(progress);
  cluster::GapOptions gap = settings.gap;
  gap.seed = options.seed;
  Encoded encoded = settings.auto_k         ? encode_with_gap(fitted, gap, options, run)
                    : settings.has_target() ? encode_to_target(fitted, settings.target, options, run)
                                            : encode(fitted, options, run);
  warnings.insert(warnings.end(), encoded.report.warnings.begin(), encoded.report.warnings.end());
  encoded.report.warnings = std::move(warnings);
  return encoded;
}

}  // namespace vqi
