// Distinct vectors by hashing: each different vector once with its count, whatever its size and the threads.
#include <catch2/catch.hpp>

#include "distinct_oracle.hpp"
#include "test_images.hpp"
#include "vqi/error.hpp"

using vqi::Image;
using vqi::detail::BlockGrid;
using vqi::test::Content;
using vqi::test::make_image;
using vqi::test::TestWork;

namespace {

BlockGrid grid_of(const Image& image, std::uint32_t block_width, std::uint32_t block_height) {
  return {image.width_px(), image.height_px(), image.channels(), image.bit_depth(), block_width, block_height};
}

}  // namespace

TEST_CASE("hashing finds each different vector once with its count, at every type, depth and block") {
  for (const Content content : {Content::noise, Content::few_colours, Content::flat})
    for (const std::uint32_t depth : {8U, 16U})
      for (const std::uint32_t channels : {1U, 3U, 4U})
        for (const std::uint32_t block : {1U, 3U, 16U}) {
          const Image image = make_image(41, 23, channels, depth, content);
          const BlockGrid grid = grid_of(image, block, block);
          INFO("content " << static_cast<int>(content) << ", " << channels << " channels of " << depth << ", block "
                          << block);
          TestWork work;
          const auto distinct = vqi::detail::find_hashed_vectors(image, grid, work);
          CHECK_FALSE(distinct->in_morton_order());
          vqi::test::check_distinct(*distinct, image, grid, work);
        }
}

TEST_CASE("vectors that differ in one bit are different, wherever it is") {
  Image image(48, 1, 1, 8);  // three blocks of 16 bytes
  const BlockGrid grid = grid_of(image, 16, 1);
  for (std::uint32_t bit = 0; bit < 128; ++bit) {
    std::fill(image.samples().begin(), image.samples().end(), std::byte{0x55});
    image.row(0)[16 + bit / 8] ^= static_cast<std::byte>(1U << bit % 8);
    TestWork work;
    const auto distinct = vqi::detail::find_hashed_vectors(image, grid, work);
    REQUIRE(distinct->size() == 2);
    CHECK(distinct->counts()[0] + distinct->counts()[1] == 3);
  }
}

TEST_CASE("the order of hashed vectors is the same on one thread and in parallel") {
  const Image image = make_image(300, 40, 4, 8, Content::smooth);
  const BlockGrid grid = grid_of(image, 1, 1);
  TestWork one;
  TestWork three(3);
  const auto first = vqi::detail::find_hashed_vectors(image, grid, one);
  const auto second = vqi::detail::find_hashed_vectors(image, grid, three);
  CHECK(std::equal(first->counts().begin(), first->counts().end(), second->counts().begin(), second->counts().end()));
  CHECK(std::equal(first->samples().bytes().begin(), first->samples().bytes().end(), second->samples().bytes().begin(),
                   second->samples().bytes().end()));
  vqi::test::check_distinct(*second, image, grid, three);
}

TEST_CASE("hashing stops when the callback says so") {
  const Image image = make_image(30, 30, 4, 8, Content::noise);
  TestWork work(1, [](const vqi::Progress&) { return false; });
  CHECK_THROWS_AS(vqi::detail::find_hashed_vectors(image, grid_of(image, 1, 1), work), vqi::Error);
}
