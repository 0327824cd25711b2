// find_crossing: the number of codewords at which a noisy, nearly logarithmic figure passes a bound.
#pragma once

#include <cstdint>
#include <functional>

namespace vqi {

/// What one K gives.
struct CrossingTrial {
  double gap = 0;       ///< the figure less its bound; may be infinite. Only guides the search
  bool passes = false;  ///< decides it; more likely at higher K
};

struct CrossingSearch {
  std::uint32_t k_max = 1;  ///< K is 1 .. k_max
  double guess = 1;         ///< where the crossing may be
  double slope = 1;         ///< by how much the gap grows per unit of ln K, about there; above 0
};

/// Returns the least K of an adjacent pair that the search has met: `trial(K)` passes and
/// `trial(K - 1)` does not. 1 if even K = 1 passes, k_max + 1 if K = k_max does not.
///
/// The figure grows with log K nearly on a line, but K-means is not perfect, so that neighbours may
/// come in the wrong order; there may be several such pairs. Each trial lies strictly inside the
/// bracket of those before it and becomes one of its ends, so the search ends. Steps that look for
/// the other side double, and the bracket is halved after two steps that did not: below 80 trials at
/// the worst, 3 to 10 where the guess is near.
[[nodiscard]] std::uint32_t find_crossing(const CrossingSearch& search,
                                          const std::function<CrossingTrial(std::uint32_t k)>& trial);

}  // namespace vqi
