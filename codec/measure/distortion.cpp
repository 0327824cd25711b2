// psnr_db; the measurements follow.
#include <cmath>

#include "vqi/metrics.hpp"

namespace vqi {

std::optional<double> psnr_db(double mse, std::uint32_t max_value) noexcept {
  if (mse <= 0) return std::nullopt;
  return 10.0 * std::log10(double{1} * max_value * max_value / mse);
}

}  // namespace vqi
