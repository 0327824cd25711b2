// search_outwards: visits the codewords around one of them in the order of their coordinate sums, nearest sums first.
#pragma once

#include <cstdint>
#include <limits>

namespace vqi::detail {

/// Whether a difference of coordinate sums proves a squared distance above `distance_sq`. With s the sum of `dimension`
/// coordinates, (s(a) - s(b))^2 <= dimension |a - b|^2 by Cauchy and Schwarz (Guan and Kamel 1992 for the search of a
/// codebook). Both sides must stay below 2^64.
[[nodiscard]] constexpr bool is_beyond(std::uint64_t sum_difference, std::uint64_t distance_sq,
                                       std::uint64_t dimension) noexcept {
  return sum_difference * sum_difference > distance_sq * dimension;
}

/// Visits the places of a line that is sorted by coordinate sums outwards from a place whose sum is `sum`, down from
/// `below` and up from `above`. The next is always the one whose sum is nearer; of two as near, the lower. Calls
/// visit(place, difference of sums) until it returns false or the line ends.
///
/// `Line` has contains(place), false at both ends, sum(place), below(place) and above(place).
template <class Line, class Place, class Sum, class Visit>
void search_outwards(const Line& line, Place below, Place above, Sum sum, const Visit& visit) {
  constexpr std::uint64_t none = std::numeric_limits<std::uint64_t>::max();
  for (;;) {
    const std::uint64_t down = line.contains(below) ? static_cast<std::uint64_t>(sum - line.sum(below)) : none;
    const std::uint64_t up = line.contains(above) ? static_cast<std::uint64_t>(line.sum(above) - sum) : none;
    if (down == none && up == none) return;
    if (down <= up) {
      if (!visit(below, down)) return;
      below = line.below(below);
    } else {
      if (!visit(above, up)) return;
      above = line.above(above);
    }
  }
}

}  // namespace vqi::detail
