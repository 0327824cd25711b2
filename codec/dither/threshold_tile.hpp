// Threshold tiles: the places of a small square in the order in which an ordered dither fills them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace vqi::detail {

/// A square of ranks 0 .. side^2 - 1, each once, that is repeated over the image.
struct ThresholdTile {
  std::uint32_t side = 0;  ///< a power of two
  std::vector<std::uint16_t> ranks;

  [[nodiscard]] std::uint32_t at(std::uint32_t x, std::uint32_t y) const noexcept {
    return ranks[std::size_t{y & (side - 1)} * side + (x & (side - 1))];
  }
  [[nodiscard]] std::uint32_t count() const noexcept { return side * side; }
};

/// Blue noise of 64 x 64: at each rank the places below it are spread evenly, but in no pattern. Always the same.
/// Made at the first call of the process, which takes some 30 milliseconds.
[[nodiscard]] const ThresholdTile& blue_noise_tile();

/// Bayer's matrix of 8 x 8 (B. Bayer, "An optimum method for two-level rendition of continuous-tone pictures", 1973).
[[nodiscard]] ThresholdTile bayer_tile();

}  // namespace vqi::detail
