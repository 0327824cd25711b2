// Dataset and its levels: the same total at every resolution, fewer vectors at coarser ones, and indices led back.
#include "dataset.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "test_images.hpp"
#include "test_work.hpp"

using vqi::Image;
using vqi::detail::Dataset;
using vqi::detail::VectorSet;
using vqi::test::Content;
using vqi::test::make_image;
using vqi::test::TestWork;

namespace {

/// A dataset with all that it borrows.
struct Made {
  Image image;
  vqi::ImageView view;
  vqi::detail::BlockGrid grid;
  TestWork work;
  std::unique_ptr<vqi::detail::DistinctVectors> distinct;
  Dataset dataset;

  explicit Made(Image made, std::uint32_t block = 1)
      : image(std::move(made)),
        view(image),
        grid{image.width_px(), image.height_px(), image.channels(), image.bit_depth(), block, block},
        distinct(vqi::detail::find_distinct_vectors(view, grid, work)),
        dataset(*distinct, grid, work.pool) {}
};

}  // namespace

TEST_CASE("all vectors have the image's total weight, and coarser levels have it too, on fewer vectors") {
  for (const std::uint32_t channels : {3U, 4U}) {
    const Made made(make_image(60, 50, channels, 8, Content::smooth));
    const VectorSet& all = made.dataset.all().vectors();
    CHECK(all.size() == made.dataset.size());
    CHECK(all.total_weight() == 3000);
    CHECK(made.dataset.in_morton_order());
    std::size_t last = all.size();
    for (std::uint32_t side_bits = 1; side_bits <= vqi::detail::coarsest_side_bits; ++side_bits) {
      const VectorSet& coarse = made.dataset.coarse(side_bits).vectors();
      CHECK(coarse.total_weight() == 3000);
      CHECK(coarse.size() <= last);
      CHECK(coarse.fixed_point().fraction_bits() == all.fixed_point().fraction_bits());
      last = coarse.size();
    }
    CHECK(last < all.size() / 2);
  }
}

TEST_CASE("a coarse vector is the mean of its cube's vectors, to the nearest fraction") {
  const Made made(make_image(60, 50, 3, 8, Content::smooth));
  const VectorSet& all = made.dataset.all().vectors();
  for (const std::uint32_t side_bits : {1U, 2U, 3U}) {
    const VectorSet& coarse = made.dataset.coarse(side_bits).vectors();
    const std::int32_t side = (1 << side_bits) * (1 << all.fixed_point().fraction_bits());
    const auto cube_of = [&](const VectorSet& set, std::size_t n) {
      std::array<std::int32_t, 3> cube{};
      for (std::uint32_t i = 0; i < 3; ++i)
        cube[i] = static_cast<std::int32_t>(std::floor(static_cast<double>(set.scaled(n, i)) / side));
      return cube;
    };
    std::map<std::array<std::int32_t, 3>, std::array<double, 4>> sums;
    for (std::size_t n = 0; n < all.size(); ++n) {
      auto& sum = sums[cube_of(all, n)];
      for (std::uint32_t i = 0; i < 3; ++i) sum[i] += static_cast<double>(all.weights()[n]) * all.scaled(n, i);
      sum[3] += all.weights()[n];
    }
    REQUIRE(coarse.size() == sums.size());
    std::size_t wrong = 0;
    for (std::size_t n = 0; n < coarse.size(); ++n) {
      // A mean that is rounded up to the next cube's edge is looked for in its own.
      bool found = false;
      for (const auto& [cube, sum] : sums) {
        bool is_it = sum[3] == coarse.weights()[n];
        for (std::uint32_t i = 0; i < 3; ++i) is_it = is_it && std::abs(coarse.scaled(n, i) - sum[i] / sum[3]) <= 0.5;
        found = found || is_it;
      }
      if (!found) ++wrong;
    }
    CHECK(wrong == 0);
  }
}

TEST_CASE("indices of training vectors are led back to distinct vectors, of which several may be one") {
  Image image = make_image(20, 20, 4, 8, Content::noise);
  for (std::uint32_t y = 0; y < 20; ++y)
    for (std::uint32_t x = 0; x < 20; ++x) image.row(y)[4 * x + 3] = static_cast<std::byte>(x < 10 ? 0 : 255);
  const Made made(std::move(image));
  const std::size_t n_count = made.dataset.size();
  CHECK(n_count == 201);  // 200 opaque pixels of noise, and the transparent one
  CHECK(made.distinct->size() == 400);
  std::vector<std::uint16_t> indices(n_count + 5);
  for (std::size_t n = 0; n < n_count; ++n) indices[n] = static_cast<std::uint16_t>(n);
  const std::vector<std::uint16_t> spread = made.dataset.indices_of_distinct(indices);
  REQUIRE(spread.size() >= 400);
  for (std::size_t d = 0; d < 400; ++d) CHECK(spread[d] == made.dataset.vector_of(d));
  for (std::size_t n = 0; n < n_count; ++n) CHECK(made.dataset.vector_of(made.dataset.representative(n)) == n);
}

TEST_CASE("large blocks come without Morton order, and one colour is one vector") {
  const Made blocks(make_image(40, 40, 3, 8, Content::noise), 4);
  CHECK_FALSE(blocks.dataset.in_morton_order());
  CHECK(blocks.dataset.size() == 100);
  const Made flat(make_image(40, 40, 1, 16, Content::flat));
  CHECK(flat.dataset.size() == 1);
  CHECK(flat.dataset.all().vectors().total_weight() == 1600);
}
