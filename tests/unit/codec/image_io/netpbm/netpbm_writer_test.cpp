// PGM, PPM and PAM files that are written: their bytes, and what comes back.
#include "netpbm_writer.hpp"

#include <catch2/catch.hpp>

#include "byte_tools.hpp"
#include "image_tools.hpp"
#include "streams/written_rows.hpp"
#include "vqi/image_io.hpp"

using vqi::testing::bytes_of;

TEST_CASE("headers are those of Netpbm, and samples big-endian") {
  vqi::Image grey(2, 1, 1, 8);
  grey.row(0)[0] = std::byte{65};
  grey.row(0)[1] = std::byte{66};
  CHECK(vqi::detail::write_netpbm(grey, ".pgm", {}) == bytes_of("P5\n2 1\n255\nAB"));
  CHECK(vqi::detail::write_netpbm(grey, ".pam", {}) ==
        bytes_of("P7\nWIDTH 2\nHEIGHT 1\nDEPTH 1\nMAXVAL 255\nTUPLTYPE GRAYSCALE\nENDHDR\nAB"));
  vqi::Image deep(1, 1, 3, 16);
  for (std::size_t i = 0; i < 3; ++i) deep.row16(0)[i] = static_cast<std::uint16_t>(0x4142 + 0x0202 * i);
  CHECK(vqi::detail::write_netpbm(deep, ".ppm", {}) == bytes_of("P6\n1 1\n65535\nABCDEF"));
}

TEST_CASE("PAM gives back every kind of image") {
  for (const std::uint32_t channels : {1U, 2U, 3U, 4U})
    for (const std::uint32_t depth : {8U, 16U}) {
      const vqi::Image image = vqi::testing::gradient_image(13, 9, channels, depth);
      const vqi::ReadImage read = vqi::read_image(vqi::write_image_bytes(image, ".pam"));
      CHECK(read.image.channels() == channels);
      CHECK(read.image.bit_depth() == depth);
      CHECK(vqi::testing::samples_of(read.image) == vqi::testing::samples_of(image));
      CHECK(read.warnings.empty());
      CHECK(vqi::test::written_by_rows(image, ".pam") == vqi::write_image_bytes(image, ".pam"));
      if (channels % 2 == 1) CHECK(vqi::test::written_by_rows(image, ".pnm") == vqi::write_image_bytes(image, ".pnm"));
    }
}

TEST_CASE("the memory that a file takes is counted") {
  vqi::RunOptions run;
  run.max_memory_bytes = 10;
  CHECK(vqi::testing::error_of([&] { return vqi::detail::write_netpbm(vqi::Image(1, 1, 1, 8), ".pgm", run); }) ==
        vqi::ErrorCode::limit_exceeded);
}
