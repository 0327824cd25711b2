// Chooses the step between ticks.
#include "axis_ticks.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "plain_text.hpp"

namespace vqi::tool {
namespace {

/// A step of `factor` * 10^`exponent`; the factor is 1, 2 or 5.
struct RoundStep {
  int factor = 1;
  int exponent = 0;
  [[nodiscard]] double value() const { return factor * std::pow(10.0, exponent); }
  /// n times the step. If the step is a fraction, it divides by a whole power of ten, so that 3 * 0.1 is 0.3.
  [[nodiscard]] double multiple(double n) const {
    return exponent < 0 ? n * factor / std::pow(10.0, -exponent) : n * factor * std::pow(10.0, exponent);
  }
};

/// The smallest round step that is at least `wanted`, apart from rounding errors.
RoundStep round_step(double wanted) {
  const int exponent = static_cast<int>(std::floor(std::log10(wanted)));
  for (const int factor : {1, 2, 5}) {
    const RoundStep step{factor, exponent};
    if (step.value() >= wanted * (1 - 1e-9)) return step;
  }
  return {1, exponent + 1};
}

}  // namespace

std::string AxisTicks::text(double value) const {
  const std::string digits = fixed(value, decimals);
  return digits == fixed(-0.0, decimals) ? fixed(0.0, decimals) : digits;
}

AxisTicks axis_ticks(double low, double high, int interval_count) {
  if (!(low < high)) {
    const double room = low == 0 ? 1 : std::abs(low) * 0.1;
    low -= room;
    high += room;
  }
  // With a smaller span, neighbouring multiples of the step would be the same double.
  const double span = std::max(high - low, std::max(std::abs(low), std::abs(high)) * 1e-9);
  const RoundStep step = round_step(span / interval_count);
  // A value that misses a tick only by rounding must not extend the axis by a step.
  const double first = std::floor(low / step.value() + 1e-6);
  const double last = std::max(std::ceil(high / step.value() - 1e-6), first + 1);
  AxisTicks ticks;
  ticks.decimals = std::max(0, -step.exponent);
  for (double n = first; n <= last; ++n) ticks.values.push_back(step.multiple(n));
  return ticks;
}

}  // namespace vqi::tool
