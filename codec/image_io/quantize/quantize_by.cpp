// What `vqi quantize` does to an image, as one call.
#include <utility>

#include "vqi/settings.hpp"

namespace vqi {

Quantized quantize_by(ImageView image, Settings settings, const ProgressCallback& progress) {
  check_settings(settings);
  Image storage;
  std::vector<std::string> warnings;
  const ImageView fitted = fit_colours(image, settings, storage, warnings);
  Quantized quantized = quantize(fitted, quantize_options(settings), settings.run(progress));
  warnings.insert(warnings.end(), quantized.report.warnings.begin(), quantized.report.warnings.end());
  quantized.report.warnings = std::move(warnings);
  return quantized;
}

}  // namespace vqi
