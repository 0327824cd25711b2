// SampleArray: rows of 8- and 16-bit samples by number.
#include "sample_array.hpp"

#include <catch2/catch.hpp>

TEST_CASE("samples of both depths are stored and read at their place, at the ends of their range too") {
  for (const std::uint32_t depth : {8U, 16U}) {
    const std::uint32_t most = depth == 8 ? 255 : 65535;
    vqi::detail::SampleArray array(4, 3, depth);
    CHECK(array.rows() == 4);
    CHECK(array.dimension() == 3);
    CHECK(array.row_bytes() == 3 * depth / 8);
    CHECK(array.bytes().size() == 12 * depth / 8);
    for (std::size_t r = 0; r < 4; ++r)
      for (std::size_t i = 0; i < 3; ++i)
        vqi::detail::store_sample(array.row(r), i, depth, static_cast<std::uint32_t>(most - 10 * r - i));
    for (std::size_t r = 0; r < 4; ++r)
      for (std::size_t i = 0; i < 3; ++i) CHECK(array.at(r, i) == most - 10 * r - i);
    const std::vector<std::uint16_t> wide = vqi::detail::wide_samples(array);
    REQUIRE(wide.size() == 12);
    CHECK(wide[0] == most);
    CHECK(wide[11] == most - 32);
  }
}

TEST_CASE("an array without rows has none, and fresh samples are 0") {
  CHECK(vqi::detail::SampleArray().rows() == 0);
  CHECK(vqi::detail::SampleArray(0, 7, 16).rows() == 0);
  CHECK(vqi::detail::wide_samples(vqi::detail::SampleArray(0, 7, 16)).empty());
  CHECK(vqi::detail::SampleArray(1, 2, 16).at(0, 1) == 0);
}
