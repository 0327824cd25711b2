// Distinct vectors by a table: each different vector of up to 24 bits once with its count, in the order of its key.
#include <catch2/catch.hpp>

#include "distinct_oracle.hpp"
#include "key_format.hpp"
#include "test_images.hpp"
#include "vqi/error.hpp"

using vqi::Image;
using vqi::detail::BlockGrid;
using vqi::test::Content;
using vqi::test::make_image;
using vqi::test::TestWork;

namespace {

struct Type {
  std::uint32_t channels, depth, block_width, block_height;
};

BlockGrid grid_of(const Image& image, const Type& type) {
  return {image.width_px(),  image.height_px(), image.channels(),
          image.bit_depth(), type.block_width,  type.block_height};
}

}  // namespace

TEST_CASE("a table finds each different vector once with its count, for all vectors of up to three bytes") {
  for (const Content content : {Content::noise, Content::few_colours, Content::flat})
    for (const Type& type : {Type{1, 8, 1, 1}, {2, 8, 1, 1}, {3, 8, 1, 1}, {1, 16, 1, 1}, {1, 8, 2, 1}, {1, 8, 1, 3}})
      for (const std::uint32_t threads : {1U, 3U}) {
        const Image image = make_image(41, 23, type.channels, type.depth, content);
        const BlockGrid grid = grid_of(image, type);
        INFO("content " << static_cast<int>(content) << ", " << grid.vector_bytes() << " bytes, " << threads
                        << " threads");
        TestWork work(threads);
        const vqi::ImageView view = image;  // borrowed, as the image is
        const auto distinct = vqi::detail::find_dense_vectors(view, grid, work);
        CHECK(distinct->in_morton_order() == (grid.vector_bytes() != 2));
        vqi::test::check_distinct(*distinct, image, grid, work);
        std::vector<std::uint32_t> keys(distinct->size());
        vqi::detail::KeyFormat(grid.vector_bytes()).read_keys(distinct->samples().row(0), keys);
        CHECK(std::is_sorted(keys.begin(), keys.end()));
      }
}

TEST_CASE("vectors of up to three bytes are found by a table, larger ones by hashing") {
  for (const auto& [type, is_dense] : {std::pair{Type{3, 8, 1, 1}, true}, {Type{4, 8, 1, 1}, false}}) {
    const Image image = make_image(20, 20, type.channels, type.depth, Content::smooth);
    const BlockGrid grid = grid_of(image, type);
    TestWork work;
    const vqi::ImageView view = image;
    const auto distinct = vqi::detail::find_distinct_vectors(view, grid, work);
    CHECK(distinct->in_morton_order() == is_dense);
    vqi::test::check_distinct(*distinct, image, grid, work);
  }
}

TEST_CASE("counting stops when the callback says so") {
  const Image image = make_image(30, 30, 3, 8, Content::noise);
  TestWork work(1, [](const vqi::Progress&) { return false; });
  CHECK_THROWS_AS(vqi::detail::find_dense_vectors(image, grid_of(image, {3, 8, 1, 1}), work), vqi::Error);
}
