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
    const vqi::detail::SampleView view = array;
    REQUIRE(view.size() == 12);
    CHECK(view[0] == most);
    CHECK(view[11] == most - 32);
    const std::vector<std::uint16_t> numbers{1, 65535, 3};
    const vqi::detail::SampleView of_numbers = numbers;
    CHECK(of_numbers.size() == 3);
    CHECK(of_numbers[1] == 65535);
  }
}

TEST_CASE("bytes can be read after the last sample") {
  const vqi::detail::SampleArray array(3, 5, 8);
  CHECK(array.bytes().size() == 15);
  for (std::size_t i = 0; i < vqi::detail::SampleArray::padding_bytes; ++i)
    CHECK(array.bytes().data()[15 + i] == std::byte{0});
}

TEST_CASE("an array without rows has none, and fresh samples are 0") {
  CHECK(vqi::detail::SampleArray().rows() == 0);
  CHECK(vqi::detail::SampleArray(0, 7, 16).rows() == 0);
  CHECK(vqi::detail::SampleView(vqi::detail::SampleArray(0, 7, 16)).size() == 0);
  CHECK(vqi::detail::SampleView().size() == 0);
  CHECK(vqi::detail::SampleArray(1, 2, 16).at(0, 1) == 0);
}
