// Annealing keeps the counts in the order of places, so that what a swap changes is one sum over two rows.
#include "palette_order.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "fixed_log2.hpp"
#include "random.hpp"

namespace vqi::detail {
namespace {

/// Bounds of scaled counts, so that a product is one of 16-bit numbers and sums of them fit into 32 bits.
constexpr std::uint64_t largest_count = (1U << 14) - 1;
constexpr std::uint64_t largest_total = 1U << 19;

constexpr std::size_t log_table_size = 1024;

/// -ln((i + 1/2) / 1024) in 1/256: exponentially distributed if i is uniform.
std::array<std::uint32_t, log_table_size> exponential_quantiles() {
  constexpr std::uint64_t ln2 = 45426;  // ln 2 * 2^16
  std::array<std::uint32_t, log_table_size> table{};
  for (std::size_t i = 0; i < log_table_size; ++i) {
    const std::uint32_t bits = fixed_log2(2 * log_table_size) - fixed_log2(2 * i + 1);
    table[i] = static_cast<std::uint32_t>((bits * ln2) >> 24);
  }
  return table;
}

class Annealing {
 public:
  Annealing(const PairCounts& pairs, std::span<const std::int16_t> costs)
      : colours_(pairs.colours()), counts_(colours_ * colours_), mirrored_(2 * colours_ - 1), member_(colours_) {
    std::iota(member_.begin(), member_.end(), std::uint8_t{0});
    for (std::size_t i = 0; i < mirrored_.size(); ++i)
      mirrored_[i] = costs[i < colours_ ? colours_ - 1 - i : i - (colours_ - 1)];
    scale(pairs.counts());
  }

  void run(std::size_t begin, std::size_t end, const AnnealEffort& effort, const std::function<void()>& poll) {
    if (end - begin < 2) return;
    constexpr std::uint32_t stages = 512;  // in which the temperature falls by 1/74 each, to a thousandth
    static const std::array<std::uint32_t, log_table_size> quantiles = exponential_quantiles();
    const std::uint64_t tries = std::uint64_t{effort.tries_per_colour} * (end - begin);
    std::int64_t temperature = first_temperature(effort.heat);
    for (std::uint32_t stage = 0; stage < stages; ++stage) {
      poll();
      const std::uint64_t count = tries * (stage + 1) / stages - tries * stage / stages;
      for (std::uint64_t i = 0; i < count; ++i) {
        const std::uint64_t word = random_.next();
        const std::size_t a = begin + static_cast<std::size_t>(((word & 0xFFFF) * (end - begin)) >> 16);
        const std::size_t b = begin + static_cast<std::size_t>((((word >> 16) & 0xFFFF) * (end - begin)) >> 16);
        if (a == b) continue;
        const std::int64_t allowed = (temperature * quantiles[(word >> 32) % log_table_size]) >> 8;
        const std::int64_t change = change_by_swap(a, b);
        if (change < 0 || change < allowed) swap_places(a, b);
      }
      temperature -= temperature / 74;
    }
  }

  [[nodiscard]] std::vector<std::uint8_t> places() const {
    std::vector<std::uint8_t> places(colours_);
    for (std::size_t place = 0; place < colours_; ++place) places[member_[place]] = static_cast<std::uint8_t>(place);
    return places;
  }

 private:
  void scale(const std::vector<std::uint32_t>& counts) {
    std::uint64_t total = 0;
    std::uint64_t largest = 0;
    for (const std::uint32_t count : counts) {
      total += count;
      largest = std::max<std::uint64_t>(largest, count);
    }
    std::uint32_t shift = 0;
    while (total >> shift > largest_total || largest >> shift >= largest_count) ++shift;
    const std::uint64_t half = (std::uint64_t{1} << shift) / 2;
    for (std::size_t i = 0; i < counts.size(); ++i) counts_[i] = static_cast<std::int16_t>((counts[i] + half) >> shift);
    for (std::size_t k = 0; k < colours_; ++k) counts_[k * colours_ + k] = 0;
  }

  [[nodiscard]] std::int64_t first_temperature(std::uint32_t heat) const {
    std::int64_t total = 0;
    for (const std::int16_t count : counts_) total += count;
    return (total << distance_cost_bits) * heat / 64 / static_cast<std::int64_t>(colours_);
  }

  /// How much the sum over unordered pairs grows.
  [[nodiscard]] std::int64_t change_by_swap(std::size_t a, std::size_t b) const {
    const std::int16_t* row_a = counts_.data() + a * colours_;
    const std::int16_t* row_b = counts_.data() + b * colours_;
    const std::int16_t* cost_a = mirrored_.data() + (colours_ - 1 - a);
    const std::int16_t* cost_b = mirrored_.data() + (colours_ - 1 - b);
    std::int32_t sum = 0;
    for (std::size_t q = 0; q < colours_; ++q)
      sum += static_cast<std::int16_t>(row_a[q] - row_b[q]) * static_cast<std::int16_t>(cost_b[q] - cost_a[q]);
    return std::int64_t{sum} + 2 * std::int64_t{row_a[b]} * (cost_a[b] - cost_a[a]);  // their distance stays
  }

  void swap_places(std::size_t a, std::size_t b) {
    std::swap(member_[a], member_[b]);
    std::int16_t* row_a = counts_.data() + a * colours_;
    std::swap_ranges(row_a, row_a + colours_, counts_.data() + b * colours_);
    for (std::size_t q = 0; q < colours_; ++q) std::swap(counts_[q * colours_ + a], counts_[q * colours_ + b]);
  }

  std::size_t colours_;
  std::vector<std::int16_t> counts_;    // by places
  std::vector<std::int16_t> mirrored_;  // costs of the distances colours - 1 .. 0 .. colours - 1
  std::vector<std::uint8_t> member_;    // the colour at each place
  Random random_{1};
};

/// The place of each colour by ascending keys, inside the translucent and inside the opaque ones; kept colours stay.
template <typename Key>
std::vector<std::uint8_t> order_by(const PaletteMap& map, const Key& key) {
  std::vector<std::uint8_t> order(map.colours.size());
  std::iota(order.begin(), order.end(), std::uint8_t{0});
  const auto whole_key = [&](std::uint8_t k) { return std::pair(!is_translucent(map.colours[k]), key(k)); };
  std::stable_sort(order.begin() + static_cast<std::ptrdiff_t>(map.kept), order.end(),
                   [&](std::uint8_t a, std::uint8_t b) { return whole_key(a) < whole_key(b); });
  std::vector<std::uint8_t> places(order.size());
  for (std::size_t place = 0; place < order.size(); ++place) places[order[place]] = static_cast<std::uint8_t>(place);
  return places;
}

}  // namespace

PairCounts neighbour_counts(const PaletteMap& map) {
  PairCounts pairs(map.colours.size());
  for (std::uint32_t y = 0; y < map.height_px; ++y) {
    const std::uint8_t* row = map.indices.data() + std::size_t{y} * map.width_px;
    for (std::uint32_t x = 1; x < map.width_px; ++x)
      if (row[x] != row[x - 1]) pairs.add(row[x], row[x - 1]);
    if (y == 0) continue;
    const std::uint8_t* above = row - map.width_px;
    for (std::uint32_t x = 0; x < map.width_px; ++x)
      if (row[x] != above[x]) pairs.add(row[x], above[x]);
  }
  return pairs;
}

std::vector<std::int16_t> logarithmic_costs(std::size_t colours) {
  std::vector<std::int16_t> costs;
  for (std::size_t distance = 0; distance < colours; ++distance)
    costs.push_back(static_cast<std::int16_t>(fixed_log2(1 + distance) >> (log2_fraction_bits - distance_cost_bits)));
  return costs;
}

std::vector<std::uint8_t> anneal_order(const PairCounts& pairs, std::span<const std::int16_t> distance_costs,
                                       std::size_t first_group, const AnnealEffort& effort,
                                       const std::function<void()>& poll, std::size_t kept) {
  Annealing annealing(pairs, distance_costs);
  annealing.run(kept, first_group, effort, poll);
  annealing.run(first_group, pairs.colours(), effort, poll);
  return annealing.places();
}

std::vector<std::uint8_t> luma_order(const PaletteMap& map) {
  return order_by(map, [&](std::uint8_t k) {
    const ColourSet::Colour colour = map.colours[k];
    return std::uint64_t{299 * (colour & 255) + 587 * (colour >> 8 & 255) + 114 * (colour >> 16 & 255)};
  });
}

std::vector<std::uint8_t> frequency_order(const PaletteMap& map) {
  std::array<std::uint64_t, ColourSet::max_size> others{};
  others.fill(map.indices.size());
  for (const std::uint8_t index : map.indices) --others[index];
  return order_by(map, [&](std::uint8_t k) { return others[k]; });
}

std::vector<std::uint8_t> neighbour_order(const PaletteMap& map, const AnnealEffort& effort,
                                          const std::function<void()>& poll) {
  PaletteMap by_luma = map;
  const std::vector<std::uint8_t> luma = luma_order(map);
  reorder(by_luma, luma);
  const std::vector<std::uint8_t> annealed =
      anneal_order(neighbour_counts(by_luma), logarithmic_costs(map.colours.size()), colours_before_opaque(map), effort,
                   poll, map.kept);
  std::vector<std::uint8_t> places;
  places.reserve(luma.size());
  for (const std::uint8_t place : luma) places.push_back(annealed[place]);
  return places;
}

}  // namespace vqi::detail
