// Finds round values for the ticks of an axis, and formats them.
#pragma once

#include <string>
#include <vector>

namespace vqi::tool {

/// The ticks of an axis. The axis ends at the first and the last tick, which enclose its values.
struct AxisTicks {
  std::vector<double> values;  ///< at least two, rising, multiples of one step
  int decimals = 0;            ///< decimals of the labels, enough to tell neighbours apart

  [[nodiscard]] double low() const { return values.front(); }
  [[nodiscard]] double high() const { return values.back(); }
  [[nodiscard]] std::string text(double value) const;
};

/// Ticks at multiples of 1, 2 or 5 times a power of ten that enclose low..high, about
/// `interval_count` intervals. Equal ends are widened. Both ends must be finite and below 1e15.
[[nodiscard]] AxisTicks axis_ticks(double low, double high, int interval_count);

}  // namespace vqi::tool
