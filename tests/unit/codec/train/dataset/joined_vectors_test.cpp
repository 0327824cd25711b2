// Joined vectors: equal coordinates are one vector with the sum of their counts, and the way there is kept.
#include "joined_vectors.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "test_images.hpp"
#include "test_work.hpp"

using vqi::Image;
using vqi::detail::JoinedVectors;
using vqi::test::Content;
using vqi::test::make_image;
using vqi::test::TestWork;

namespace {

vqi::detail::BlockGrid grid_of(const Image& image, std::uint32_t block) {
  return {image.width_px(), image.height_px(), image.channels(), image.bit_depth(), block, block};
}

/// Checks the vectors of an image against a map of coordinates.
void check_joined(const Image& image, std::uint32_t block) {
  TestWork work;
  const vqi::detail::BlockGrid grid = grid_of(image, block);
  const vqi::ImageView view = image;  // borrowed, as the image is
  const auto distinct = vqi::detail::find_distinct_vectors(view, grid, work);
  const vqi::detail::TrainingSpace space(grid);
  const JoinedVectors joined = vqi::detail::join_vectors(*distinct, space, work.pool);
  const std::int32_t unit = 1 << joined.vectors.fixed_point().fraction_bits();
  std::map<std::vector<std::int32_t>, std::uint64_t> expected;
  std::vector<std::int32_t> x(space.dimension());
  std::vector<std::vector<std::int32_t>> coordinates;
  for (std::size_t d = 0; d < distinct->size(); ++d) {
    space.to_coordinates(distinct->samples().row(d), x);
    for (std::int32_t& value : x) value *= unit;
    coordinates.push_back(x);
    expected[x] += distinct->counts()[d];
  }
  REQUIRE(joined.vectors.size() == expected.size());
  std::map<std::vector<std::int32_t>, std::uint64_t> found;
  for (std::size_t n = 0; n < joined.vectors.size(); ++n) {
    joined.vectors.read_scaled(n, x);
    found[x] += joined.vectors.weights()[n];
  }
  CHECK(found == expected);
  std::size_t wrong = 0;
  for (std::size_t d = 0; d < distinct->size(); ++d) {
    const std::size_t n = joined.vector_of.empty() ? d : joined.vector_of[d];
    joined.vectors.read_scaled(n, x);
    if (x != coordinates[d]) ++wrong;
    const std::size_t best = joined.representative.empty() ? n : joined.representative[n];
    if (coordinates[best] != x || distinct->counts()[best] < distinct->counts()[d]) ++wrong;
  }
  CHECK(wrong == 0);
}

}  // namespace

TEST_CASE("vectors of every type are those of the image, each coordinate once, with counts that add up") {
  for (const std::uint32_t depth : {8U, 16U})
    for (std::uint32_t channels = 1; channels <= 4; ++channels)
      for (const std::uint32_t block : {1U, 2U}) {
        INFO(channels << " channels of " << depth << ", block " << block);
        check_joined(make_image(31, 22, channels, depth, Content::smooth), block);
        check_joined(make_image(31, 22, channels, depth, Content::flat), block);
      }
}

TEST_CASE("colours under transparent pixels are one vector, represented by the most frequent") {
  Image image = make_image(40, 30, 4, 8, Content::few_colours);
  for (std::uint32_t y = 0; y < 30; ++y)
    for (std::uint32_t x = 0; x < 40; ++x) image.row(y)[4 * x + 3] = static_cast<std::byte>(x % 3 == 0 ? 0 : 255);
  check_joined(image, 1);
}
