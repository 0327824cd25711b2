// Grey codebooks: no partition into intervals does better, by trying all; many values are improved by Lloyd's steps.
#include "grey_training.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <limits>

#include "test_images.hpp"
#include "test_work.hpp"
#include "vector_sets.hpp"

using vqi::Image;
using vqi::detail::GreyCodebook;
using vqi::detail::VectorSet;
using vqi::test::Content;
using vqi::test::TestWork;

namespace {

/// A dataset of the image's grey values, with all that it borrows.
struct Greys {
  Image image;
  vqi::ImageView view;
  vqi::detail::BlockGrid grid;
  TestWork work;
  std::unique_ptr<vqi::detail::DistinctVectors> distinct;
  vqi::detail::Dataset dataset;

  explicit Greys(Image made)
      : image(std::move(made)),
        view(image),
        grid{image.width_px(), image.height_px(), 1, image.bit_depth()},
        distinct(vqi::detail::find_distinct_vectors(view, grid, work)),
        dataset(*distinct, grid, work.pool) {}
};

vqi::detail::uint128 objective_of(const VectorSet& set, const vqi::detail::FixedCodewords& codewords) {
  return vqi::test::objective_by_trying(set, codewords, vqi::test::assign_by_trying(set, codewords));
}

}  // namespace

TEST_CASE("no codebook of random values does better than the one that is learned") {
  Greys greys(vqi::test::make_image(20, 10, 1, 8, Content::smooth));
  const VectorSet& set = greys.dataset.all().vectors();
  for (const std::uint32_t k : {1U, 2U, 3U, 8U}) {
    const GreyCodebook learned = vqi::detail::learn_grey(greys.dataset, k, greys.work);
    CHECK(learned.algorithm == vqi::TrainingAlgorithm::dynamic_program);
    REQUIRE(learned.codewords.size() == k);
    const auto least = objective_of(set, learned.codewords);
    for (std::uint64_t seed = 1; seed <= 30; ++seed)
      CHECK(objective_of(set, vqi::test::make_codewords(set, 128, k, seed)) >= least);
    // Nor does one that moves a codeword of it.
    for (std::size_t c = 0; c < k; ++c)
      for (const std::int32_t step : {-64, 64}) {
        vqi::detail::FixedCodewords moved = learned.codewords;
        moved.row(c)[0] += step;
        CHECK(objective_of(set, moved) >= least);
      }
  }
}

TEST_CASE("over 4096 values Lloyd's steps follow, and leave the distortion where none of them lowers it") {
  Image image(100, 60, 1, 16);
  vqi::detail::Random random(1);
  for (std::uint32_t y = 0; y < 60; ++y)
    for (std::uint32_t x = 0; x < 100; ++x) image.row16(y)[x] = static_cast<std::uint16_t>(random.below(65536));
  Greys greys(std::move(image));
  REQUIRE(greys.dataset.size() > 4096);
  const GreyCodebook learned = vqi::detail::learn_grey(greys.dataset, 7, greys.work);
  CHECK(learned.algorithm == vqi::TrainingAlgorithm::dynamic_program_lloyd);
  CHECK(learned.codewords.size() == 7);
  CHECK(learned.lloyd.iterations > 0);
  const auto& history = learned.lloyd.history;
  for (std::size_t i = 1; i < history.size(); ++i) CHECK(history[i].distortion <= history[i - 1].distortion);
}
