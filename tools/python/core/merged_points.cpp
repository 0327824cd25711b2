// A hash table of points with open addressing, then a sort of what is left.
#include "merged_points.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <numeric>
#include <utility>

namespace vqi::python {
namespace {

/// The finaliser of SplitMix64.
std::uint64_t mixed(std::uint64_t bits) {
  bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
  bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
  return bits ^ (bits >> 31);
}

std::uint64_t hash_of(std::span<const double> point) {
  std::uint64_t hash = 0;
  for (const double value : point) hash = mixed(hash + 0x9E3779B97F4A7C15 + std::bit_cast<std::uint64_t>(value + 0.0));
  return hash;
}

/// Puts the points in lexicographic order.
void sort_points(MergedPoints& merged, std::size_t dimension) {
  const auto row = [&](std::uint32_t m) { return std::span(merged.values).subspan(m * dimension, dimension); };
  std::vector<std::uint32_t> order(merged.weights.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::lexicographical_compare(row(a).begin(), row(a).end(), row(b).begin(), row(b).end());
  });
  MergedPoints sorted;
  std::vector<std::uint32_t> place(order.size());
  for (std::uint32_t m = 0; m < order.size(); ++m) {
    sorted.values.insert(sorted.values.end(), row(order[m]).begin(), row(order[m]).end());
    sorted.weights.push_back(merged.weights[order[m]]);
    place[order[m]] = m;
  }
  sorted.source = std::move(merged.source);
  for (std::uint32_t& source : sorted.source) source = place[source];
  merged = std::move(sorted);
}

}  // namespace

MergedPoints merge_points(std::span<const double> values, std::size_t dimension, std::span<const double> weights) {
  constexpr std::uint32_t unused = std::numeric_limits<std::uint32_t>::max();
  const std::size_t count = values.size() / dimension;
  MergedPoints merged;
  merged.source.resize(count);
  std::vector<std::uint32_t> slots(std::bit_ceil(2 * count + 1), unused);
  for (std::size_t n = 0; n < count; ++n) {
    const auto point = values.subspan(n * dimension, dimension);
    std::size_t slot = hash_of(point) & (slots.size() - 1);
    const auto is_other = [&](std::uint32_t m) {
      return !std::equal(point.begin(), point.end(),
                         merged.values.begin() + static_cast<std::ptrdiff_t>(m * dimension));
    };
    while (slots[slot] != unused && is_other(slots[slot])) slot = (slot + 1) & (slots.size() - 1);
    if (slots[slot] == unused) {
      slots[slot] = static_cast<std::uint32_t>(merged.weights.size());
      merged.values.insert(merged.values.end(), point.begin(), point.end());
      merged.weights.push_back(0);
    }
    merged.weights[slots[slot]] += weights.empty() ? 1.0 : weights[n];
    merged.source[n] = slots[slot];
  }
  sort_points(merged, dimension);
  return merged;
}

}  // namespace vqi::python
