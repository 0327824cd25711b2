// Memory for large blocks: advice changes no byte, and elements without a value are not filled.
#include "large_memory.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

TEST_CASE("asking for huge pages changes no byte, whatever the size and place of the block") {
  constexpr std::size_t huge = std::size_t{1} << 21;
  std::vector<std::byte> memory(2 * huge + 4097);
  for (std::size_t i = 0; i < memory.size(); ++i) memory[i] = static_cast<std::byte>(i * 7);
  for (const auto& [begin, size] :
       {std::pair<std::size_t, std::size_t>{0, memory.size()}, {0, 0}, {1, 1}, {13, huge - 1}, {5, 2 * huge}})
    vqi::detail::prefer_huge_pages(std::span(memory).subspan(begin, size));
  vqi::detail::prefer_huge_pages({});
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < memory.size(); ++i)
    if (memory[i] != static_cast<std::byte>(i * 7)) ++wrong;
  CHECK(wrong == 0);
}

TEST_CASE("a large vector keeps what it holds as it grows, and takes values where they are given") {
  vqi::detail::LargeVector<std::uint32_t> numbers{1, 2, 3};
  numbers.resize(100'000);
  CHECK(numbers[0] == 1);
  CHECK(numbers[2] == 3);
  numbers.resize(200'000, 9U);
  CHECK(std::count(numbers.begin() + 100'000, numbers.end(), 9U) == 100'000);
  numbers.assign(4, 5U);
  CHECK(numbers == vqi::detail::LargeVector<std::uint32_t>{5, 5, 5, 5});
}

TEST_CASE("resizing a large vector within its capacity does not fill") {
  vqi::detail::LargeVector<std::byte> bytes(10, std::byte{7});
  bytes.resize(0);
  bytes.resize(10);
  CHECK(std::count(bytes.begin(), bytes.end(), std::byte{7}) == 10);
}
