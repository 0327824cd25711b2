// C headers: identifiers from any name, and the text for pixels and blocks.
#include "c_arrays.hpp"

#include <catch2/catch.hpp>

#include "made_block_image.hpp"
#include "thrown_error.hpp"

using namespace vqi::tool;
using vqi::test::holds;
using vqi::test::made_block_image;

TEST_CASE("any file name becomes an identifier") {
  const std::vector<std::pair<std::string, std::string>> cases{{"a.h", "a"},
                                                               {"d.x/My photo-1.h", "My_photo_1"},
                                                               {"1st.h", "image_1st"},
                                                               {"_x__y_.h", "x_y"},
                                                               {"b\xC3\xA4r.h", "b_r"},
                                                               {"\xFF\xFE.h", "image"},
                                                               {"\"*/;'.h", "image"},
                                                               {"-", "image"},
                                                               {"int.h", "int"},
                                                               {"a.b.h", "a_b"},
                                                               {"x*/ #error\n.h", "error"}};
  for (const auto& [name, identifier] : cases) CHECK(c_identifier(name) == identifier);
}

TEST_CASE("a header has constants, the palette and packed indices") {
  const std::string text =
      write_c_arrays(made_block_image(3, {0, 1, 2, 2, 1, 0}, 3), "a", PixelForm::rgb888, 2, BitOrder::msb_first);
  CHECK(text ==
        "/* Written by vqi. Pixel (x, y) has the colour a_palette[i], where i is\n"
        "     (a_indices[y * a_row_length + x / 4] >> (6 - x % 4 * 2)) & 3 */\n"
        "#ifndef VQI_HEADER_a\n#define VQI_HEADER_a\n\n#include <stdint.h>\n\n"
        "/* Define it before including this file to place the arrays, for instance as PROGMEM. */\n"
        "#ifndef VQI_FLASH\n#define VQI_FLASH\n#endif\n\n"
        "enum {\n    a_width = 3,\n    a_height = 2,\n    a_palette_size = 3,\n    a_index_bits = 2,\n"
        "    a_row_length = 1\n};\n\n"
        "/* red, green, blue */\nstatic const uint8_t a_palette[3][3] VQI_FLASH = {\n    {0x00, 0x01, 0x02},\n"
        "    {0x0a, 0x0b, 0x0c},\n    {0x14, 0x15, 0x16},\n};\n\n"
        "/* 4 indices a byte, the first in the most significant bits */\n"
        "static const uint8_t a_indices[2] VQI_FLASH = {\n    0x18, 0x90,\n};\n\n#endif\n");
}

TEST_CASE("indices over 8 bits are numbers of 16, and RGB565 is a number as well") {
  const std::string text =
      write_c_arrays(made_block_image(2, {256, 0}, 257, 1), "a", PixelForm::rgb565, 16, BitOrder::msb_first);
  CHECK(holds(text, "static const uint16_t a_palette[257] VQI_FLASH"));
  CHECK(holds(text, "static const uint16_t a_indices[2] VQI_FLASH = {\n    0x0100, 0x0000,\n"));
  CHECK(holds(text, "a_row_length = 2\n"));
  CHECK(holds(text, "a_indices[y * a_row_length + x] */"));
}

TEST_CASE("codewords of several pixels are tiles") {
  BlockImage image = made_block_image(2, {0, 1}, 2, 3, 2, 3);
  image.indexed.width_px = 3;
  const std::string text = write_c_arrays(image, "a", PixelForm::rgb565be, 1, BitOrder::lsb_first);
  CHECK(holds(text, "static const uint8_t a_tiles[2][6][2] VQI_FLASH = {\n    {\n        {0x00, 0x00},\n"));
  CHECK(holds(text,
              "a_width = 3,\n    a_height = 3,\n    a_tile_width = 2,\n    a_tile_height = 3,\n"
              "    a_map_width = 2,\n    a_map_height = 1,\n    a_tile_count = 2,\n"));
  CHECK(holds(text, "a_tiles[i][y % 3 * 2 + x % 2]"));
  CHECK(holds(text, "(a_indices[row * a_row_length + column / 8] >> (column % 8)) & 1"));
  CHECK(holds(text, "a_indices[1] VQI_FLASH = {\n    0x02,\n"));
}
