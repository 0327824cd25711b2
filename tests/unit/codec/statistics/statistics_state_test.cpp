// Statistics keep types apart, and bring their vectors together in the least type that holds them.
#include "statistics_state.hpp"

#include <catch2/catch.hpp>
#include <numeric>

#include "test_images.hpp"

using namespace vqi::detail;
using vqi::Statistics;
using vqi::StatisticsAccess;
using vqi::test::Content;

TEST_CASE("colours of 8 bits are counted in their order, blocks and 16 bits sampled") {
  Statistics pixels;
  for (const std::uint32_t depth : {16U, 8U})
    for (const std::uint32_t channels : {4U, 1U})
      pixels.add(vqi::test::make_image(5, 4, channels, depth, Content::noise));
  const auto& state = StatisticsAccess::of(pixels);
  REQUIRE(state.types.size() == 4);
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(state.types[i].type == PixelType{i < 2 ? 1U : 4U, i % 2 == 0 ? 8U : 16U});
    CHECK(std::holds_alternative<MergedVectors>(state.types[i].vectors) == (i % 2 == 0));
  }
  Statistics blocks(2, 1);
  blocks.add(vqi::test::make_image(5, 4, 1, 8, Content::noise));
  CHECK(std::holds_alternative<SampledVectors>(StatisticsAccess::of(blocks).types.front().vectors));
}

TEST_CASE("vectors of several types come together ascending in the widest type, and none is lost") {
  Statistics statistics(2, 1);
  statistics.add(vqi::test::make_image(9, 4, 1, 16, Content::few_colours));
  statistics.add(vqi::test::make_image(9, 4, 4, 8, Content::few_colours));
  const auto& state = StatisticsAccess::of(statistics);
  CHECK(state.widest() == PixelType{4, 16});
  const VectorRun run = state.merged_as(state.widest());
  CHECK(std::accumulate(run.counts.begin(), run.counts.end(), std::uint64_t{0}) == 2 * 5 * 4);
  CHECK(run.rows.size() == run.counts.size() * 2 * 8);
  CHECK(state.vectors() == 40);
}
