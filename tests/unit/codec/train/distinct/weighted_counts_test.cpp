// Counts by a mask, and of large sums.
#include "weighted_counts.hpp"

#include <catch2/catch.hpp>
#include <numeric>

#include "test_images.hpp"
#include "test_work.hpp"
#include "thrown_error.hpp"

using namespace vqi::detail;

namespace {

/// Pixels 0, 1, 1, 2 in a row.
vqi::Image four_pixels() {
  vqi::Image image(4, 1, 1, 8);
  for (std::uint32_t x = 0; x < 4; ++x) image.row(0)[x] = static_cast<std::byte>(x == 0 ? 0 : (x + 1) / 2);
  return image;
}

std::vector<std::uint32_t> masked(const vqi::Image& image, const vqi::Image& mask, std::uint32_t block = 1) {
  vqi::test::TestWork work(2);
  const BlockGrid grid{image.width_px(), image.height_px(), image.channels(), image.bit_depth(), block, 1};
  return counts_by_mask(*find_distinct_vectors(image, grid, work), grid, mask, work);
}

}  // namespace

TEST_CASE("counts are in proportion to the mask, and black counts as good as nothing") {
  vqi::Image mask(4, 1, 1, 8);
  const int weights[] = {10, 20, 20, 0};
  for (std::size_t x = 0; x < 4; ++x) mask.row(0)[x] = static_cast<std::byte>(weights[x]);
  const std::vector<std::uint32_t> counts = masked(four_pixels(), mask);
  REQUIRE(counts.size() == 3);
  CHECK(counts[1] == 4 * counts[0]);
  CHECK(counts[2] == 1);
  CHECK(std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}) < std::uint64_t{1} << 32);
  CHECK(counts[1] > 1U << 30);
}

TEST_CASE("under a white mask counts are those of the image, times a power of two") {
  vqi::Image mask(4, 1, 1, 8);
  for (std::byte& sample : mask.samples()) sample = std::byte{255};
  CHECK(masked(four_pixels(), mask) == std::vector<std::uint32_t>{1U << 29, 1U << 30, 1U << 29});
}

TEST_CASE("a block has the weights of its pixels inside the image") {
  vqi::Image mask(4, 1, 1, 16);
  const std::uint16_t weights[] = {1, 2, 3, 6};
  for (std::size_t x = 0; x < 4; ++x) mask.row16(0)[x] = weights[x];
  const std::vector<std::uint32_t> counts = masked(four_pixels(), mask, 3);
  REQUIRE(counts.size() == 2);
  CHECK(counts[0] == counts[1]);
}

TEST_CASE("a black mask is refused") {
  vqi::Image mask(4, 1, 1, 8);
  for (std::byte& sample : mask.samples()) sample = std::byte{0};
  CHECK(vqi::test::thrown_by([&] { static_cast<void>(masked(four_pixels(), mask)); }).code ==
        vqi::ErrorCode::invalid_option);
}

TEST_CASE("small sums are counts as they are, large ones are scaled") {
  CHECK(counts_of(std::vector<std::uint64_t>{1, 7, 1000}) == std::vector<std::uint32_t>{1, 7, 1000});
  const std::vector<std::uint32_t> large =
      counts_of(std::vector<std::uint64_t>{std::uint64_t{1} << 40, 1, std::uint64_t{3} << 40});
  CHECK(large[1] == 1);
  CHECK(large[2] / double(large[0]) == Approx(3));
}
