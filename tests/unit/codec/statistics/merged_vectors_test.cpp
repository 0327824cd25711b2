// Distinct vectors of many images together are the same in any order of adding.
#include "merged_vectors.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>

#include "test_images.hpp"
#include "test_work.hpp"

using namespace vqi::detail;

namespace {

VectorRun merged(const std::vector<vqi::Image>& images, std::uint32_t block) {
  vqi::test::TestWork work(1);
  const vqi::Image& first = images.front();
  BlockGrid grid{first.width_px(), first.height_px(), first.channels(), first.bit_depth(), block, 1};
  MergedVectors all(grid.dimension(), grid.bit_depth);
  for (const vqi::Image& image : images) all.add(*find_distinct_vectors(image, grid, work));
  return all.merged();
}

}  // namespace

TEST_CASE("sums of counts do not depend on the order of the images, and no vector is there twice") {
  for (const std::uint32_t depth : {8U, 16U})
    for (const std::uint32_t channels : {1U, 3U, 4U})
      for (const std::uint32_t block : {1U, 2U}) {
        std::vector<vqi::Image> images;
        for (std::uint64_t seed = 0; seed < 9; ++seed)
          images.push_back(vqi::test::make_image(
              14, 9, channels, depth, seed % 2 == 0 ? vqi::test::Content::few_colours : vqi::test::Content::noise,
              seed % 4));
        const VectorRun forward = merged(images, block);
        std::reverse(images.begin(), images.end());
        const VectorRun backward = merged(images, block);
        CHECK(forward.rows == backward.rows);
        CHECK(forward.counts == backward.counts);
        std::map<std::vector<std::byte>, std::uint64_t> counts;
        const std::size_t row_bytes = forward.rows.size() / forward.counts.size();
        std::uint64_t total = 0;
        for (std::size_t n = 0; n < forward.counts.size(); ++n) {
          const auto row = forward.rows.begin() + static_cast<std::ptrdiff_t>(n * row_bytes);
          CHECK(counts.try_emplace({row, row + static_cast<std::ptrdiff_t>(row_bytes)}, 0).second);
          total += forward.counts[n];
        }
        CHECK(total == 9 * 14 / block * 9);
      }
}

TEST_CASE("one image of RGB keeps the order of its distinct vectors") {
  const vqi::Image image = vqi::test::make_image(30, 30, 3, 8, vqi::test::Content::noise);
  vqi::test::TestWork work(1);
  const auto distinct = find_distinct_vectors(image, {30, 30, 3, 8, 1, 1}, work);
  const VectorRun run = merged({image}, 1);
  const auto bytes = distinct->samples().bytes();
  CHECK(std::equal(bytes.begin(), bytes.end(), run.rows.begin(), run.rows.end()));
}
