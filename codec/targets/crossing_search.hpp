// find_crossing: the number of codewords at which a noisy, nearly logarithmic figure passes a bound.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>

namespace vqi::detail {

/// What one K gives.
struct CrossingTrial {
  double residual = 0;  ///< the figure less its bound; may be infinite. Only guides the search
  bool passes = false;  ///< decides it; more likely at higher K
};

/// A trial that was made before.
struct CrossingEnd {
  std::uint32_t k = 0;
  CrossingTrial trial;
};

/// The scale on which the figure is nearly a line: ln K, and without bound where K reaches `k_end`, as
/// the PSNR does where the last vectors get codewords of their own.
struct CrossingLine {
  double k_end = std::numeric_limits<double>::infinity();

  [[nodiscard]] double position(double k) const { return std::log(k) - std::log1p(-k / k_end); }
  [[nodiscard]] double k_at(double position) const {
    const double odds = std::exp(std::min(position, 700.0));  // e^710 is more than a double holds
    return odds / (1 + odds / k_end);
  }
};

struct CrossingSearch {
  std::uint32_t k_max = 1;  ///< K is 1 .. k_max
  double guess = 1;         ///< where the crossing may be
  double slope = 1;         ///< about the growth of the residual there per unit of the line; above 0
  CrossingLine line;
  double scatter_k = 0;     ///< about the number of K by which noise moves the crossing of a line through one trial
  bool correlated = false;  ///< whether noise moves neighbouring K by similar amounts
  std::optional<CrossingEnd> low = std::nullopt;  ///< did not pass; the search is above it
};

/// Returns a K for which `trial(K)` passes and `trial(K - 1)` does not. If even the lowest K passes, which is 1 or the
/// K above `low`, returns that; if K = k_max does not pass, k_max + 1.
///
/// The figure is nearly linear on the line, but k-means is not perfect: neighbouring K may come in the wrong order, so
/// several such pairs may exist, and the first that the search meets is returned. Each trial lies strictly inside the
/// bracket of the trials before it and becomes one of its ends, so the search ends. Secants narrow the bracket until
/// noise decides. From there the search tries the neighbour of an end, which is as likely as not to end it; no other K
/// is a better choice, unless noise is correlated: then secants that keep away from the ends go on. The bracket is
/// halved after five steps that did not halve it. Takes 3 to 8 trials if the guess is near, always fewer than 100.
[[nodiscard]] std::uint32_t find_crossing(const CrossingSearch& search,
                                          const std::function<CrossingTrial(std::uint32_t k)>& trial);

}  // namespace vqi::detail
