// Makes index maps and codebooks for tests of the index models.
#pragma once

#include <cstdint>
#include <vector>

#include "index_model.hpp"
#include "random.hpp"

namespace vqi::test {
using namespace detail;

/// A codebook with its samples.
struct MadeCodebook {
  std::vector<std::uint16_t> samples;
  std::uint32_t k, block_width_px, block_height_px, channels, bit_depth;

  [[nodiscard]] CodebookView view() const noexcept {
    return {k, block_width_px, block_height_px, channels, bit_depth, samples};
  }
};

/// Random codewords; if a codeword is one sample, all are different up to k = 2^bit_depth.
inline MadeCodebook make_codebook(std::uint32_t k, std::uint32_t block_width_px, std::uint32_t block_height_px,
                                  std::uint32_t channels, std::uint32_t bit_depth) {
  MadeCodebook made{{}, k, block_width_px, block_height_px, channels, bit_depth};
  Random random(k + channels);
  const std::uint32_t values = 1U << bit_depth;
  const std::size_t dimension = std::size_t{block_width_px} * block_height_px * channels;
  for (std::size_t i = 0; i < k * dimension; ++i)
    made.samples.push_back(static_cast<std::uint16_t>(dimension == 1 ? i * 101 % values : random.below(values)));
  return made;
}

enum class MapKind { noise, one_index, checkerboard, shapes, rare_specks };

/// A map of `height` rows; the same arguments give the same map.
inline std::vector<std::uint16_t> make_map(MapKind kind, std::uint32_t width, std::uint32_t height, std::uint32_t k) {
  Random random(width + k);
  std::vector<std::uint16_t> map;
  for (std::uint32_t y = 0; y < height; ++y)
    for (std::uint32_t x = 0; x < width; ++x) {
      std::uint64_t index = 0;
      switch (kind) {
        case MapKind::noise:
          index = random.below(k);
          break;
        case MapKind::one_index:
          index = k - 1;
          break;
        case MapKind::checkerboard:
          index = (x + y) % 2 == 0 ? 0 : k - 1;
          break;
        case MapKind::shapes:  // flat areas, ramps and some noise, as images have them
          index = (x / 9 % 2 == 0 ? x / 7 + y / 5 : x + y / 3) + (random.below(8) == 0 ? random.below(5) : 0);
          break;
        case MapKind::rare_specks:
          index = random.below(50) == 0 ? random.below(k) : 0;
          break;
      }
      map.push_back(static_cast<std::uint16_t>(index % k));
    }
  return map;
}

}  // namespace vqi::test
