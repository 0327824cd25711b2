// Void and cluster: R. Ulichney, "The void-and-cluster method for dither array generation", SPIE 1913, 1993.
//
// The energy of a place is the sum of a Gaussian over the places that are set, around the torus: the set place of the
// greatest energy is in the tightest cluster, the free one of the least in the largest void. A random pattern is made
// even by moving places from cluster to void. Ranks below its size are those in which its places leave by clusters,
// ranks above it those in which voids are filled.
#include "threshold_tile.hpp"

#include <array>

#include "random.hpp"

namespace vqi::detail {
namespace {

constexpr std::uint32_t side = 64;
constexpr std::uint32_t places = side * side;
/// Places set in the first pattern: a tenth, as Ulichney advises.
constexpr std::uint32_t first_places = places / 10;
constexpr std::uint64_t first_seed = 1;

/// round(4096 exp(-d^2 / (2 sigma^2))) for d = 0 .. 6, sigma = 1.5 as Ulichney has it: with 1.9 some places of the
/// first pattern touch.
constexpr std::array<std::int32_t, 7> gaussian{4096, 3280, 1684, 554, 117, 16, 1};
constexpr std::int32_t reach = gaussian.size() - 1;

/// Which places are set, and the energy of each.
class Pattern {
 public:
  [[nodiscard]] bool is_set(std::uint32_t place) const noexcept { return set_[place]; }

  void flip(std::uint32_t place) noexcept {
    set_[place] = !set_[place];
    const std::int32_t sign = set_[place] ? 1 : -1;
    for (std::int32_t dy = -reach; dy <= reach; ++dy) {
      const std::uint32_t y = (place / side + side + static_cast<std::uint32_t>(dy)) % side;
      const std::int32_t row_weight = sign * gaussian[static_cast<std::size_t>(dy < 0 ? -dy : dy)];
      for (std::int32_t dx = -reach; dx <= reach; ++dx)
        energy_[y * side + (place % side + side + static_cast<std::uint32_t>(dx)) % side] +=
            row_weight * gaussian[static_cast<std::size_t>(dx < 0 ? -dx : dx)];
      clusters_[y] = unknown;
      voids_[y] = unknown;
    }
  }

  /// The first set place of the greatest energy; at least one is set.
  [[nodiscard]] std::uint32_t tightest_cluster() noexcept { return first_greatest(clusters_, true, 1); }
  /// The first free place of the least energy; at least one is free.
  [[nodiscard]] std::uint32_t largest_void() noexcept { return first_greatest(voids_, false, -1); }

 private:
  static constexpr std::uint32_t unknown = places + 1;
  /// In each row the first place of the greatest sign * energy; `places` in a row without any, or unknown.
  using RowBests = std::array<std::uint32_t, side>;

  /// The first place that is set, or not, of the greatest sign * energy. Looks anew only at rows that changed.
  [[nodiscard]] std::uint32_t first_greatest(RowBests& rows, bool set, std::int32_t sign) noexcept {
    std::uint32_t best = places;
    const auto take = [&](std::uint32_t& greatest, std::uint32_t place) {
      if (greatest == places || sign * energy_[place] > sign * energy_[greatest]) greatest = place;
    };
    for (std::uint32_t y = 0; y < side; ++y) {
      if (rows[y] == unknown) {
        rows[y] = places;
        for (std::uint32_t place = y * side; place < (y + 1) * side; ++place)
          if (set_[place] == set) take(rows[y], place);
      }
      if (rows[y] != places) take(best, rows[y]);
    }
    return best;
  }

  std::array<bool, places> set_{};
  std::array<std::int32_t, places> energy_{};
  RowBests clusters_ = all_unknown();
  RowBests voids_ = all_unknown();

  static constexpr RowBests all_unknown() noexcept {
    RowBests rows{};
    rows.fill(unknown);
    return rows;
  }
};

Pattern even_pattern() {
  Pattern pattern;
  Random random(first_seed);
  for (std::uint32_t count = 0; count < first_places;) {
    const auto place = static_cast<std::uint32_t>(random.below(places));
    if (pattern.is_set(place)) continue;
    pattern.flip(place);
    ++count;
  }
  for (;;) {
    const std::uint32_t cluster = pattern.tightest_cluster();
    pattern.flip(cluster);
    const std::uint32_t largest_void = pattern.largest_void();
    pattern.flip(largest_void);
    if (largest_void == cluster) return pattern;
  }
}

ThresholdTile make_blue_noise_tile() {
  ThresholdTile tile{side, std::vector<std::uint16_t>(places)};
  const Pattern first = even_pattern();
  Pattern pattern = first;
  for (std::uint32_t rank = first_places; rank-- > 0;) {
    const std::uint32_t cluster = pattern.tightest_cluster();
    pattern.flip(cluster);
    tile.ranks[cluster] = static_cast<std::uint16_t>(rank);
  }
  pattern = first;
  for (std::uint32_t rank = first_places; rank < places; ++rank) {
    const std::uint32_t largest_void = pattern.largest_void();
    pattern.flip(largest_void);
    tile.ranks[largest_void] = static_cast<std::uint16_t>(rank);
  }
  return tile;
}

}  // namespace

const ThresholdTile& blue_noise_tile() {
  static const ThresholdTile tile = make_blue_noise_tile();
  return tile;
}

ThresholdTile bayer_tile() {
  constexpr std::uint32_t bayer_side = 8;
  ThresholdTile tile{bayer_side, std::vector<std::uint16_t>(std::size_t{bayer_side} * bayer_side)};
  for (std::uint32_t y = 0; y < bayer_side; ++y)
    for (std::uint32_t x = 0; x < bayer_side; ++x) {
      // The bits of x ^ y and y from the lowest to the highest, interleaved, are the rank's from the highest on.
      std::uint32_t rank = 0;
      for (std::uint32_t bit = 1; bit < bayer_side; bit *= 2)
        rank = rank * 4 + (((x ^ y) & bit) != 0 ? 2 : 0) + ((y & bit) != 0 ? 1 : 0);
      tile.ranks[std::size_t{y} * bayer_side + x] = static_cast<std::uint16_t>(rank);
    }
  return tile;
}

}  // namespace vqi::detail
