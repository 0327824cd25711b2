// Where ECVQ starts: a codebook of vectors taken from an image, and for each vector its nearest codeword.
#pragma once

#include <cstdint>
#include <cstring>
#include <vector>

#include "choice_codebook.hpp"
#include "map_vectors.hpp"
#include "sample_array.hpp"
#include "test_images.hpp"

namespace vqi::test {
using namespace detail;

/// An image with its codebook and indices. Cannot be moved, since its members refer to each other.
struct MadeStart {
  Image image;
  ImageView view;
  BlockGrid grid;
  TrainingSpace space;
  MapVectors vectors;
  SampleArray codewords;
  std::vector<std::uint16_t> indices;

  MadeStart(Image made, std::uint32_t block, std::uint32_t k)
      : image(std::move(made)),
        view(image),
        grid{image.width_px(), image.height_px(), image.channels(), image.bit_depth(), block, block},
        space(grid),
        vectors(view, grid, space),
        codewords(k, grid.dimension(), grid.bit_depth) {
    std::vector<std::byte> samples;
    for (std::uint32_t i = 0; i < k; ++i) {
      const std::byte* row = vectors.read_samples(std::size_t{i} * 7 % grid.map_height(), samples);
      std::memcpy(codewords.row(i), row + i * 13 % grid.map_width() * grid.vector_bytes(), grid.vector_bytes());
    }
    std::vector<std::int32_t> row(std::size_t{grid.map_width()} * space.dimension());
    for (std::uint32_t y = 0; y < grid.map_height(); ++y) {
      vectors.read_row(y, samples, row);
      for (std::uint32_t x = 0; x < grid.map_width(); ++x)
        indices.push_back(nearest(row.data() + std::size_t{x} * space.dimension()));
    }
  }
  MadeStart(const MadeStart&) = delete;
  MadeStart& operator=(const MadeStart&) = delete;

 private:
  [[nodiscard]] std::uint16_t nearest(const std::int32_t* vector) const {
    std::uint16_t best = 0;
    std::uint64_t least = ~std::uint64_t{0};
    std::vector<std::int32_t> codeword(space.dimension());
    for (std::size_t k = 0; k < codewords.rows(); ++k) {
      space.to_coordinates(codewords.row(k), codeword);
      const std::uint64_t distance = distance_sq(codeword, vector);
      if (distance >= least) continue;
      least = distance;
      best = static_cast<std::uint16_t>(k);
    }
    return best;
  }
};

}  // namespace vqi::test
