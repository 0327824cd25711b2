// LabConverter: sRGB code values to CIE L*a*b* under D65.
#pragma once

#include <cstdint>
#include <vector>

#include "vqi/metrics.hpp"

namespace vqi::detail {

/// Converts pixels of one depth. Holds a table of max_value + 1 linear values (512 KB at 16 bits).
class LabConverter {
 public:
  /// `max_value` is 255 or 65535.
  explicit LabConverter(std::uint32_t max_value);

  /// The colour of sRGB code values in 0..max_value; D65 white, 2 degree observer.
  [[nodiscard]] Lab operator()(std::uint32_t red, std::uint32_t green, std::uint32_t blue) const noexcept;

 private:
  std::vector<double> linear_;
};

}  // namespace vqi::detail
