// 1 inch is 0.0254 metres; all is rounded to nearest.
#include "pixel_density.hpp"

#include <cmath>

namespace vqi::detail {

std::uint32_t per_metre(double value) noexcept {
  return value >= 0.5 && value <= max_per_metre ? static_cast<std::uint32_t>(std::lround(value)) : 0;
}

std::uint32_t per_metre_from_inch(double per_inch) noexcept { return per_metre(per_inch / inch_in_metres); }

std::uint32_t whole_per_inch(std::uint32_t samples_per_metre) noexcept {
  const double per_inch = std::round(samples_per_metre * inch_in_metres);
  return per_metre_from_inch(per_inch) == samples_per_metre ? static_cast<std::uint32_t>(per_inch) : 0;
}

}  // namespace vqi::detail
