// QuantizedRows: any part of any row is what painting the whole image gives.
#include "quantized_rows.hpp"

#include <catch2/catch.hpp>
#include <cstring>
#include <vector>

#include "random.hpp"

using vqi::detail::BlockGrid;
using vqi::detail::QuantizedRows;
using vqi::detail::SampleArray;

TEST_CASE("parts of rows that begin and end within blocks are those of the scattered image") {
  for (const BlockGrid& grid :
       {BlockGrid{19, 7, 3, 8, 1, 1}, BlockGrid{19, 7, 4, 16, 1, 1}, BlockGrid{19, 7, 3, 8, 4, 3},
        BlockGrid{19, 7, 2, 16, 16, 16}, BlockGrid{19, 7, 1, 8, 5, 1}}) {
    CAPTURE(grid.channels, grid.bit_depth, grid.block_width_px, grid.block_height_px);
    vqi::detail::Random random(3);
    SampleArray codewords(11, grid.dimension(), grid.bit_depth);
    for (std::byte& byte : codewords.bytes()) byte = static_cast<std::byte>(random.below(256));
    std::vector<std::uint16_t> indices(grid.vector_count());
    for (std::uint16_t& index : indices) index = static_cast<std::uint16_t>(random.below(11));

    const std::size_t stride = grid.width_px * grid.pixel_bytes();
    std::vector<std::byte> image(stride * grid.height_px);
    std::vector<std::byte> padded(codewords.bytes().begin(), codewords.bytes().end());
    padded.resize(padded.size() + vqi::detail::scatter_padding_bytes);
    for (std::uint32_t y = 0; y < grid.map_height(); ++y)
      vqi::detail::scatter_codewords(grid, padded.data(),
                                     std::span(indices).subspan(std::size_t{y} * grid.map_width(), grid.map_width()), y,
                                     image.data(), stride);

    const QuantizedRows rows(grid, codewords, indices);
    for (std::uint32_t y = 0; y < grid.height_px; ++y)
      for (std::uint32_t x = 0; x < grid.width_px; ++x)
        for (std::uint32_t count = 1; x + count <= grid.width_px; ++count) {
          std::vector<std::byte> buffer(count * grid.pixel_bytes());
          const std::byte* const pixels = rows.pixels(y, x, count, buffer.data());
          REQUIRE(std::memcmp(pixels, image.data() + y * stride + x * grid.pixel_bytes(), buffer.size()) == 0);
        }
  }
}
