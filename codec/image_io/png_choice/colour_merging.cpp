// Pairwise nearest neighbours by Ward's cost, constrained by entropy (Equitz; Chou, Lookabaugh and Gray).
#include "colour_merging.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <vector>

#include "deflate_steps.hpp"
#include "fixed_log2.hpp"
#include "search_costs.hpp"

namespace vqi::detail {
namespace {

/// Of a colour: its three samples, and the length of its code in a header.
constexpr std::int64_t colour_bits = 24 + 5;
constexpr std::int64_t alpha_bits = 8;
/// Means have so many units in a code value.
constexpr std::uint64_t mean_unit = 16;
static_assert(mean_unit * mean_unit == 4 * cost_unit);

/// count * log2(count) in 1/256 bit.
std::int64_t information(std::uint64_t count) {
  if (count == 0) return 0;
  return static_cast<std::int64_t>(count * (fixed_log2(count) >> (log2_fraction_bits - price_bits)));
}

class Merging {
 public:
  Merging(const PaletteMap& map, std::span<const PremultipliedColour> pixels, std::span<const std::uint32_t> literals,
          std::uint32_t lambda_64)
      : map_(map), lambda_64_(lambda_64), cells_(map.colours.size()), partners_(map.colours.size()) {
    for (std::size_t i = 0; i < pixels.size(); ++i) {
      Cell& cell = cells_[map.indices[i]];
      const PremultipliedColour& pixel = pixels[i];
      ++cell.pixels;
      cell.sums[0] += static_cast<std::uint64_t>(pixel.red);
      cell.sums[1] += static_cast<std::uint64_t>(pixel.green);
      cell.sums[2] += static_cast<std::uint64_t>(pixel.blue);
      cell.sums[3] += static_cast<std::uint64_t>(pixel.alpha);
    }
    for (std::size_t k = 0; k < literals.size() && k < cells_.size(); ++k) cells_[k].literals = literals[k];
  }

  /// The index that each one becomes.
  [[nodiscard]] std::vector<std::uint8_t> run() {
    std::vector<std::uint8_t> targets(cells_.size());
    std::iota(targets.begin(), targets.end(), std::uint8_t{0});
    for (std::size_t k = 0; k < cells_.size(); ++k) find_partner(k);
    for (;;) {
      const auto best =
          static_cast<std::size_t>(std::min_element(partners_.begin(), partners_.end()) - partners_.begin());
      if (partners_[best].cost >= 0) return targets;
      const std::size_t cell = partners_[best].cell;
      for (std::uint8_t& target : targets)
        if (target == cell) target = static_cast<std::uint8_t>(best);
      merge(best, cell);
    }
  }

 private:
  struct Cell {
    std::array<std::uint64_t, 4> sums{};
    std::uint64_t pixels = 0;
    std::uint64_t literals = 0;
  };
  /// The later colour that a colour is best merged with.
  struct Partner {
    std::int64_t cost = 0;  ///< below 0 if it gains
    std::size_t cell = 0;
    bool operator<(const Partner& other) const noexcept { return cost < other.cost; }
  };

  [[nodiscard]] bool are_of_a_kind(std::size_t a, std::size_t b) const {
    const std::uint32_t first = map_.colours[a] >> 24;
    const std::uint32_t second = map_.colours[b] >> 24;
    return (first == 255) == (second == 255) && (first == 0) == (second == 0);
  }

  [[nodiscard]] std::int64_t cost_of(std::size_t a, std::size_t b) const {
    const Cell& one = cells_[a];
    const Cell& other = cells_[b];
    std::int64_t distance = 0;
    for (std::size_t i = 0; i < one.sums.size(); ++i) {
      const auto difference = static_cast<std::int64_t>(one.sums[i] * mean_unit / one.pixels) -
                              static_cast<std::int64_t>(other.sums[i] * mean_unit / other.pixels);
      distance += difference * difference;
    }
    const std::uint64_t weight_16 =
        16 * std::min(one.pixels, other.pixels) * std::max(one.pixels, other.pixels) / (one.pixels + other.pixels);
    const std::int64_t error = static_cast<std::int64_t>(weight_16) * distance / (16 * 4);
    const bool is_opaque = map_.colours[a] >> 24 == 255;
    const std::int64_t spared = ((colour_bits + (is_opaque ? 0 : alpha_bits)) << price_bits) +
                                information(one.literals + other.literals) - information(one.literals) -
                                information(other.literals);
    return error - ((spared * lambda_64_) >> price_bits);
  }

  void find_partner(std::size_t k) {
    partners_[k] = {};
    if (k < map_.kept || cells_[k].pixels == 0) return;
    for (std::size_t other = k + 1; other < cells_.size(); ++other) {
      if (cells_[other].pixels == 0 || !are_of_a_kind(k, other)) continue;
      const Partner found{cost_of(k, other), other};
      if (found < partners_[k]) partners_[k] = found;
    }
  }

  void merge(std::size_t into, std::size_t gone) {
    for (std::size_t i = 0; i < cells_[into].sums.size(); ++i) cells_[into].sums[i] += cells_[gone].sums[i];
    cells_[into].pixels += cells_[gone].pixels;
    cells_[into].literals += cells_[gone].literals;
    cells_[gone] = {};
    find_partner(gone);
    find_partner(into);
    for (std::size_t k = 0; k < cells_.size(); ++k) {
      if (k == into || cells_[k].pixels == 0) continue;
      if (partners_[k].cell == into || partners_[k].cell == gone) {
        find_partner(k);
      } else if (k < into && k >= map_.kept && are_of_a_kind(k, into)) {
        const Partner found{cost_of(k, into), into};
        if (found < partners_[k]) partners_[k] = found;
      }
    }
  }

  const PaletteMap& map_;
  std::int64_t lambda_64_;
  std::vector<Cell> cells_;
  std::vector<Partner> partners_;
};

}  // namespace

void merge_colours(PaletteMap& map, std::span<const PremultipliedColour> pixels,
                   std::span<const std::uint32_t> literals, std::uint32_t lambda_64) {
  const std::vector<std::uint8_t> targets = Merging(map, pixels, literals, lambda_64).run();
  for (std::uint8_t& index : map.indices) index = targets[index];
}

}  // namespace vqi::detail
