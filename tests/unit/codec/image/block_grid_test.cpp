// BlockGrid: gather and scatter are inverse inside the image, and pad by replication.
#include "block_grid.hpp"

#include <catch2/catch.hpp>
#include <vector>

#include "random.hpp"

namespace {

vqi::Image random_image(std::uint32_t width, std::uint32_t height, std::uint32_t channels, std::uint32_t depth) {
  vqi::Image image(width, height, channels, depth);
  vqi::detail::Random random(width * 31 + height);
  for (std::byte& sample : image.samples()) sample = static_cast<std::byte>(random.below(256));
  return image;
}

vqi::detail::BlockGrid grid_of(const vqi::Image& image, std::uint32_t block_width, std::uint32_t block_height) {
  return {image.width_px(), image.height_px(), image.channels(), image.bit_depth(), block_width, block_height};
}

}  // namespace

TEST_CASE("scattering what was gathered returns the image, at every type, depth and block size") {
  for (const std::uint32_t depth : {8U, 16U})
    for (std::uint32_t channels = 1; channels <= 4; ++channels)
      for (const auto& [block_width, block_height] : {std::pair{1U, 1U}, {2U, 2U}, {3U, 1U}, {4U, 4U}, {16U, 16U}}) {
        const vqi::Image image = random_image(13, 7, channels, depth);
        const vqi::detail::BlockGrid grid = grid_of(image, block_width, block_height);
        vqi::Image back(13, 7, channels, depth);
        std::vector<std::byte> vectors(grid.map_width() * grid.vector_bytes() + 8);
        std::vector<std::uint16_t> indices(grid.map_width());
        for (std::uint16_t i = 0; i < indices.size(); ++i) indices[i] = i;
        for (std::uint32_t y = 0; y < grid.map_height(); ++y) {
          vqi::detail::gather_vectors(image, grid, y, vectors.data());
          vqi::detail::scatter_codewords(grid, vectors.data(), indices, y, back.row(0), back.row_bytes());
        }
        CHECK(std::equal(image.samples().begin(), image.samples().end(), back.samples().begin()));
      }
}

TEST_CASE("blocks over the edge repeat the last column and row") {
  vqi::Image image(3, 3, 1, 8);
  for (std::size_t i = 0; i < 9; ++i) image.samples()[i] = static_cast<std::byte>(i + 1);
  const vqi::detail::BlockGrid grid = grid_of(image, 2, 2);
  std::vector<std::byte> vectors(grid.map_width() * grid.vector_bytes());
  vqi::detail::gather_vectors(image, grid, 1, vectors.data());
  const std::vector<std::byte> expected{std::byte{7}, std::byte{8}, std::byte{7}, std::byte{8},
                                        std::byte{9}, std::byte{9}, std::byte{9}, std::byte{9}};
  CHECK(vectors == expected);
}

TEST_CASE("the map of a grid covers the image with the fewest blocks") {
  const vqi::detail::BlockGrid grid{17, 16, 3, 8, 4, 4};
  CHECK(grid.map_width() == 5);
  CHECK(grid.map_height() == 4);
  CHECK(grid.dimension() == 48);
}
