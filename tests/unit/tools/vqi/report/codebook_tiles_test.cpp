// A codebook as tiles.
#include "codebook_tiles.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>

#include "pattern_image.hpp"
#include "vqi/image_io.hpp"

using namespace vqi::tool;
using vqi::test::pattern_image;

namespace {

vqi::Image sheet_of(const CodebookTiles& tiles) { return vqi::read_image(tiles.sheet).image; }

vqi::IndexedImage indexed(std::uint32_t k, std::uint32_t block, std::uint32_t bit_depth = 8) {
  vqi::EncodeOptions options;
  options.k = k;
  options.effort = 1;
  options.block_width_px = options.block_height_px = block;
  return vqi::decode_indexed(vqi::encode(pattern_image(90, 60, 3, bit_depth, 3), options).bytes);
}

}  // namespace

TEST_CASE("tiles are all codewords with their use, the most used first") {
  const vqi::IndexedImage image = indexed(50, 2);
  const CodebookTiles tiles = codebook_tiles(image, 50, 1024);
  CHECK(tiles.codeword_count == 50);
  CHECK(tiles.vector_count == 45 * 30);
  CHECK(tiles.counts.size() == 50);
  CHECK(std::is_sorted(tiles.counts.rbegin(), tiles.counts.rend()));
  CHECK(std::accumulate(tiles.counts.begin(), tiles.counts.end(), std::uint64_t{0}) == tiles.vector_count);
  CHECK(tiles.tile_width_px == 2);
  CHECK(tiles.columns == 32);
  CHECK(sheet_of(tiles).width_px() == 64);
  CHECK(sheet_of(tiles).height_px() == 4);
}

TEST_CASE("each tile is the codeword whose count it has") {
  vqi::IndexedImage image;
  image.codebook = vqi::Image(6, 1, 1, 8);  // three codewords of 2x1 pixels
  for (std::uint32_t n = 0; n < 6; ++n) image.codebook.samples()[n] = static_cast<std::byte>(10 * n);
  image.indices = {1, 2, 2, 0, 2, 1};
  const CodebookTiles tiles = codebook_tiles(image, 3, 2);
  CHECK(tiles.codeword_count == 3);
  CHECK(tiles.counts == std::vector<std::uint64_t>{3, 2});
  const std::vector<int> expected{40, 50, 20, 30};
  const vqi::Image sheet = sheet_of(tiles);
  REQUIRE(sheet.size_bytes() == 4);
  for (std::size_t n = 0; n < 4; ++n) CHECK(std::to_integer<int>(sheet.samples()[n]) == expected[n]);
}

TEST_CASE("large codebooks are cut to the number asked for and to 65,536 pixels") {
  CHECK(codebook_tiles(indexed(2000, 1), 2000, 1024).counts.size() == 1024);
  vqi::IndexedImage image;
  image.codebook = vqi::Image(400 * 16, 16, 1, 8);
  std::fill(image.codebook.samples().begin(), image.codebook.samples().end(), std::byte{0});
  image.indices.assign(400, 7);
  CHECK(codebook_tiles(image, 400, 1024).counts.size() == 256);
}

TEST_CASE("tiles of 16-bit images have 8 bits") {
  CHECK(sheet_of(codebook_tiles(indexed(4, 1, 16), 4, 9)).bit_depth() == 8);
}
