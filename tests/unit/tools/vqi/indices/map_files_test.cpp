// Index maps alone: .npy, PGM and CSV, byte by byte.
#include "map_files.hpp"

#include <catch2/catch.hpp>

#include "made_block_image.hpp"

using namespace vqi::tool;
using vqi::test::made_block_image;

namespace {

std::string text_of(const std::vector<std::byte>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

TEST_CASE("a .npy file has its data at a multiple of 64 bytes, after the shape as rows and columns") {
  const std::string bytes = text_of(write_npy(made_block_image(3, {0, 1, 2, 2, 1, 0}, 3)));
  CHECK(bytes.size() == 128 + 6);
  CHECK(bytes.substr(0, 10) == std::string("\x93NUMPY\x01\x00\x76\x00", 10));
  CHECK(bytes.substr(10, 59) == "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 3), }");
  CHECK(bytes.substr(69, 58) == std::string(58, ' '));
  CHECK(bytes[127] == '\n');
  CHECK(bytes.substr(128) == std::string("\0\1\2\2\1\0", 6));
}

TEST_CASE("over 256 codewords have little-endian indices in .npy, and the upper byte first in PGM") {
  const BlockImage image = made_block_image(1, {256, 2}, 257);
  const std::string npy = text_of(write_npy(image));
  CHECK(npy.find("'<u2'") != std::string::npos);
  CHECK(npy.substr(128) == std::string("\0\1\2\0", 4));
  CHECK(text_of(write_index_pgm(image)) == std::string("P5\n1 2\n256\n\1\0\0\2", 15));
  CHECK(npy.size() == 132);
}

TEST_CASE("the maximum value of a PGM is the greatest index, and at least 1") {
  CHECK(text_of(write_index_pgm(made_block_image(2, {255, 0}, 256))) == std::string("P5\n2 1\n255\n\xFF\0", 13));
  CHECK(text_of(write_index_pgm(made_block_image(1, {0}, 1))) == std::string("P5\n1 1\n1\n\0", 10));
}

TEST_CASE("CSV has a line for each row, layers have numbers from the first tile on") {
  const BlockImage image = made_block_image(2, {0, 65535, 9, 10}, 65536, 1);
  CHECK(write_index_csv(image) == "0,65535\n9,10\n");
  CHECK(layer_text(image, 1) == "1,65536,\n10,11\n");
}
