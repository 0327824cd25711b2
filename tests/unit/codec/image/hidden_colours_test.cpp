// The colours of transparent pixels: the rounded mean of a cell, and nothing else changed.
#include "hidden_colours.hpp"

#include <array>
#include <catch2/catch.hpp>

TEST_CASE("transparent pixels of a codeword get the rounded mean of the colours that they hide, others stay") {
  // Two pixels of grey and alpha: the first is transparent.
  std::array<std::byte, 4> narrow{std::byte{1}, std::byte{0}, std::byte{2}, std::byte{9}};
  const std::array<std::uint64_t, 4> sums{301, 0, 500, 18};
  vqi::detail::show_hidden_colours(narrow.data(), 2, 8, sums, 2);
  CHECK(narrow == std::array<std::byte, 4>{std::byte{151}, std::byte{0}, std::byte{2}, std::byte{9}});

  std::array<std::uint16_t, 4> wide{7, 8, 9, 0};
  const std::array<std::uint64_t, 4> wide_sums{196605, 3, 5, 0};
  vqi::detail::show_hidden_colours(reinterpret_cast<std::byte*>(wide.data()), 4, 16, wide_sums, 3);
  CHECK(wide == std::array<std::uint16_t, 4>{65535, 1, 2, 0});
}
