// MapVectors: reads an image's vectors in training space, a row of the map at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "block_grid.hpp"
#include "training_space.hpp"

namespace vqi::detail {

/// Borrows image, grid and space. Several threads may read, each with a buffer of its own.
class MapVectors {
 public:
  MapVectors(const ImageView& image, const BlockGrid& grid, const TrainingSpace& space)
      : image_(image), grid_(grid), space_(space) {}

  [[nodiscard]] const BlockGrid& grid() const noexcept { return grid_; }
  [[nodiscard]] const TrainingSpace& space() const noexcept { return space_; }

  /// Reads the samples of row `map_y`, vector by vector, into the buffer `samples` and returns where they begin.
  [[nodiscard]] const std::byte* read_samples(std::size_t map_y, std::vector<std::byte>& samples) const {
    samples.resize(grid_.map_width() * grid_.vector_bytes());
    gather_vectors(image_, grid_, static_cast<std::uint32_t>(map_y), samples.data());
    return samples.data();
  }
  /// Writes the coordinates of row `map_y`, (map width, dimension); `samples` is a buffer.
  void read_row(std::size_t map_y, std::vector<std::byte>& samples, std::span<std::int32_t> coordinates) const {
    const std::byte* vector = read_samples(map_y, samples);
    const std::uint32_t dimension = space_.dimension();
    for (std::size_t x = 0; x < grid_.map_width(); ++x, vector += grid_.vector_bytes())
      space_.to_coordinates(vector, coordinates.subspan(x * dimension, dimension));
  }

 private:
  const ImageView& image_;
  const BlockGrid& grid_;
  const TrainingSpace& space_;
};

}  // namespace vqi::detail
