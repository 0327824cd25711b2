// make_palette_map and reorder: which colours stay, where they stand, and that pixels keep theirs.
#include "palette_map.hpp"

#include <catch2/catch.hpp>

using vqi::detail::PaletteMap;

namespace {

/// A row of pixels with these indices into RGBA codewords.
vqi::IndexedImage indexed_row(const std::vector<std::uint32_t>& codewords, std::vector<std::uint16_t> indices) {
  vqi::IndexedImage indexed;
  indexed.width_px = indexed.map_width = static_cast<std::uint32_t>(indices.size());
  indexed.height_px = indexed.map_height = 1;
  indexed.codebook = vqi::Image(static_cast<std::uint32_t>(codewords.size()), 1, 4, 8);
  for (std::size_t i = 0; i < codewords.size() * 4; ++i)
    indexed.codebook.samples()[i] = static_cast<std::byte>(codewords[i / 4] >> (8 * (i % 4)));
  indexed.indices = std::move(indices);
  return indexed;
}

}  // namespace

TEST_CASE("a palette map drops unused and equal codewords, and puts those first that are not opaque") {
  const PaletteMap map = vqi::detail::make_palette_map(
      indexed_row({0xFF000001, 0xFF000002, 0xFF000001, 0x80000003, 0x00000004}, {0, 2, 3, 0, 2}));
  CHECK(map.colours == std::vector<std::uint32_t>{0x80000003, 0xFF000001});
  CHECK(map.indices == std::vector<std::uint8_t>{1, 1, 0, 1, 1});
  CHECK(vqi::detail::colours_before_opaque(map) == 1);
}

TEST_CASE("a palette map keeps the first codewords in their order, used or not") {
  const PaletteMap map = vqi::detail::make_palette_map(
      indexed_row({0xFF000001, 0x80000002, 0xFF000003, 0xFF000004, 0x00000005, 0xFF000006, 0xFF000001},
                  {2, 4, 3, 6, 1}),
      3);
  CHECK(map.colours == std::vector<std::uint32_t>{0xFF000001, 0x80000002, 0xFF000003, 0x00000005, 0xFF000004});
  CHECK(map.indices == std::vector<std::uint8_t>{2, 3, 4, 0, 1});
  CHECK(vqi::detail::colours_before_opaque(map) == 4);
}

TEST_CASE("a palette map of an image has the image's colours at its pixels") {
  const vqi::Image image = [] {
    vqi::Image made(7, 5, 4, 8);
    for (std::size_t i = 0; i < made.size_bytes(); ++i) made.samples()[i] = static_cast<std::byte>(i / 4 % 6 * 50);
    return made;
  }();
  const auto set = vqi::detail::find_few_colours(image);
  REQUIRE(set);
  const PaletteMap map = vqi::detail::make_palette_map(image, *set);
  REQUIRE(map.indices.size() == 35);
  for (std::size_t i = 0; i < map.indices.size(); ++i)
    CHECK(map.colours[map.indices[i]] == vqi::detail::colour_at(image.samples().data() + 4 * i, 4));
}

TEST_CASE("reordering a palette map moves colours and keeps those of the pixels") {
  PaletteMap map{3, 1, {0, 1, 2}, {10, 20, 30}};
  vqi::detail::reorder(map, std::vector<std::uint8_t>{2, 0, 1});
  CHECK(map.colours == std::vector<std::uint32_t>{20, 30, 10});
  CHECK(map.indices == std::vector<std::uint8_t>{2, 0, 1});
}
