// RowSample: whole bands from top to bottom, and all rows where the picture is small.
#include "row_sample.hpp"

#include <catch2/catch.hpp>

using vqi::detail::RowSample;

TEST_CASE("a sample has about the pixels asked for, in bands that are apart") {
  const std::uint32_t width = 10;
  const std::uint32_t height = 1003;
  std::vector<std::uint32_t> rows;
  for (std::uint32_t y = 0; y < height; ++y) rows.insert(rows.end(), width, y);
  const RowSample sample(width, height, 2000);
  CHECK_FALSE(sample.is_all());
  const std::vector<std::uint32_t> taken = sample.of(std::span<const std::uint32_t>(rows));
  REQUIRE(taken.size() == std::size_t{width} * sample.height_px());
  CHECK(taken.size() <= 2000);
  CHECK(taken.size() > 1500);
  CHECK(taken.front() < height / 3);
  CHECK(taken.back() > height * 2 / 3);
  std::uint32_t cuts = 0;
  for (std::size_t i = width; i < taken.size(); i += width) {
    CHECK(taken[i] > taken[i - width]);
    cuts += taken[i] != taken[i - width] + 1 ? 1U : 0U;
  }
  CHECK(cuts == sample.height_px() / 32 - 1);
}

TEST_CASE("of a small picture all is taken, and of a large one at least a band") {
  const std::vector<std::uint8_t> values(100 * 50);
  const RowSample all(100, 50, 4999);
  CHECK(all.is_all());
  CHECK(all.of(std::span<const std::uint8_t>(values)).size() == 5000);
  CHECK(RowSample(100, 500, 10).height_px() == 32);
}
