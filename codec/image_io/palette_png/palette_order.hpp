// The order of a palette's colours: which of them stand near each other, so that filtered bytes are small and alike.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "palette_map.hpp"

namespace vqi::detail {

/// Counts how often two of K indices meet: K * K numbers, row-major and symmetric.
class PairCounts {
 public:
  explicit PairCounts(std::size_t colours) : colours_(colours), counts_(colours * colours) {}

  void add(std::uint8_t first, std::uint8_t second) noexcept {
    ++counts_[first * colours_ + second];
    ++counts_[second * colours_ + first];
  }
  [[nodiscard]] std::size_t colours() const noexcept { return colours_; }
  [[nodiscard]] const std::vector<std::uint32_t>& counts() const noexcept { return counts_; }

 private:
  std::size_t colours_;
  std::vector<std::uint32_t> counts_;
};

/// How often two different indices are horizontal or vertical neighbours.
[[nodiscard]] PairCounts neighbour_counts(const PaletteMap& map);

/// What annealing may spend.
struct AnnealEffort {
  std::uint32_t tries_per_colour = 0;
  /// The first temperature, in 1/64 of the mean cost of a colour; 0: only swaps that gain.
  std::uint32_t heat = 0;
};

/// Bits after the point of `distance_costs` below; with these the sums of a swap fit into 32 bits.
inline constexpr std::uint32_t distance_cost_bits = 7;

/// What log2(1 + distance) costs for distances 0 .. colours - 1: a stand-in for the code of a residual.
[[nodiscard]] std::vector<std::int16_t> logarithmic_costs(std::size_t colours);

/// The place of each colour in an order with a low sum of pair_counts(a, b) * distance_costs[|place a - place b|]. It
/// starts from the given order and swaps two places at a time by simulated annealing (S. Kirkpatrick, C. Gelatt, M.
/// Vecchi 1983), with our own generator and integers. The first `kept` places stay. Those from there to `first_group`
/// only change among themselves, and so do the others. Takes tries_per_colour * K^2 steps; `poll` is called now and
/// then, and may throw.
[[nodiscard]] std::vector<std::uint8_t> anneal_order(const PairCounts& pairs,
                                                     std::span<const std::int16_t> distance_costs,
                                                     std::size_t first_group, const AnnealEffort& effort,
                                                     const std::function<void()>& poll, std::size_t kept = 0);

/// The place of each colour by luma, dark ones first, inside the translucent and inside the opaque ones; kept colours
/// stay.
[[nodiscard]] std::vector<std::uint8_t> luma_order(const PaletteMap& map);

/// The place of each colour by how many pixels have it, frequent ones first, inside the same groups; kept colours stay.
/// Huffman codes of indices then have runs of equal lengths, which are cheap to write.
[[nodiscard]] std::vector<std::uint8_t> frequency_order(const PaletteMap& map);

/// The start by luma, then annealing over neighbours in the map.
[[nodiscard]] std::vector<std::uint8_t> neighbour_order(const PaletteMap& map, const AnnealEffort& effort,
                                                        const std::function<void()>& poll);

}  // namespace vqi::detail
