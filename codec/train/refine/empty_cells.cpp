// Ranking vectors by their error and giving the worst to the codewords of empty cells.
#include "empty_cells.hpp"

#include <algorithm>

#include "integer.hpp"

namespace vqi::detail {

std::vector<std::size_t> find_empty_cells(const CellSums& sums, std::size_t first) {
  std::vector<std::size_t> empty;
  for (std::size_t k = first; k < sums.size(); ++k)
    if (sums.weight(k) == 0) empty.push_back(k);
  return empty;
}

std::vector<std::size_t> find_worst_served(const NearestSearch& search, const VectorSet& vectors,
                                           const FixedCodewords& codewords, std::span<const std::uint16_t> indices,
                                           std::size_t count) {
  const std::vector<std::uint64_t> distances = search.distances_sq(codewords, indices);
  std::vector<std::size_t> order;
  for (std::size_t n = 0; n < distances.size(); ++n)
    if (distances[n] != 0) order.push_back(n);
  const auto worse = [&](std::size_t a, std::size_t b) {
    const uint128 cost_a = uint128{distances[a]} * vectors.weights()[a];
    const uint128 cost_b = uint128{distances[b]} * vectors.weights()[b];
    return cost_a != cost_b ? cost_a > cost_b : a < b;
  };
  count = std::min(count, order.size());
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count), order.end(), worse);
  order.resize(count);
  return order;
}

std::uint32_t repair_empty_cells(const NearestSearch& search, const VectorSet& vectors, const CellSums& sums,
                                 std::span<const std::uint16_t> indices, FixedCodewords& codewords, std::size_t first) {
  const std::vector<std::size_t> empty = find_empty_cells(sums, first);
  if (empty.empty()) return 0;
  const std::vector<std::size_t> worst = find_worst_served(search, vectors, codewords, indices, empty.size());
  for (std::size_t i = 0; i < worst.size(); ++i) vectors.read_scaled(worst[i], codewords.row(empty[i]));
  return static_cast<std::uint32_t>(worst.size());
}

}  // namespace vqi::detail
