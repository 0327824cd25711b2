// GatheredVectors: what is found in bands is what is found in the whole image.
#include "gathered_vectors.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <vector>

#include "test_images.hpp"
#include "test_work.hpp"

using vqi::detail::BlockGrid;
using vqi::test::Content;

namespace {

/// Calls use(band, grid, first vector) for bands of `rows` pixel rows.
template <typename Use>
void for_each_band(const vqi::Image& image, const BlockGrid& grid, std::uint32_t rows, const Use& use) {
  for (std::uint32_t y = 0; y < grid.height_px; y += rows) {
    vqi::ImageView band = image;
    band.samples = image.row(y);
    band.height_px = std::min(rows, grid.height_px - y);
    BlockGrid part = grid;
    part.height_px = band.height_px;
    use(band, part, std::size_t{y / grid.block_height_px} * grid.map_width());
  }
}

}  // namespace

TEST_CASE("vectors that are gathered in bands have the order, counts and places of those of the whole image") {
  for (const Content content : {Content::smooth, Content::few_colours, Content::noise})
    for (const BlockGrid& grid : {BlockGrid{83, 61, 1, 8},
                                  {83, 61, 3, 8},
                                  {83, 61, 1, 16},
                                  {83, 61, 1, 8, 3, 1},
                                  {83, 61, 4, 8},
                                  {83, 61, 3, 16},
                                  {83, 61, 3, 8, 2, 3}})
      for (const std::uint32_t threads : {1U, 3U}) {
        const vqi::Image image = vqi::test::make_image(83, 61, grid.channels, grid.bit_depth, content);
        vqi::test::TestWork work(threads);
        const auto whole = vqi::detail::find_distinct_vectors(image, grid, work);
        const auto gathered = vqi::detail::make_gathered_vectors(grid);
        const std::uint32_t rows = 6 * threads;
        for_each_band(image, grid, rows, [&](const vqi::ImageView& band, const BlockGrid& part, std::size_t) {
          gathered->add(band, part, work);
        });
        CHECK(gathered->size_bytes() > 0);
        gathered->finish(work);
        REQUIRE(gathered->size() == whole->size());
        CHECK(gathered->in_morton_order() == whole->in_morton_order());
        CHECK(std::equal(whole->counts().begin(), whole->counts().end(), gathered->counts().begin()));
        CHECK(std::equal(whole->samples().bytes().begin(), whole->samples().bytes().end(),
                         gathered->samples().bytes().begin()));

        std::vector<std::uint16_t> index_of(whole->size());
        for (std::size_t d = 0; d < index_of.size(); ++d) index_of[d] = static_cast<std::uint16_t>(d * 7 % 60000);
        std::vector<std::uint16_t> expected(grid.vector_count());
        whole->map(index_of, expected, work);
        gathered->set_indices(index_of);
        std::vector<std::uint16_t> indices(grid.vector_count());
        for_each_band(image, grid, rows, [&](const vqi::ImageView& band, const BlockGrid& part, std::size_t first) {
          gathered->map(band, part, std::span(indices).subspan(first, part.vector_count()), work);
        });
        CHECK(indices == expected);
      }
}
