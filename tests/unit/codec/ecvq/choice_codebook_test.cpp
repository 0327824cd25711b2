// The neighbours of codewords.
#include "choice_codebook.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <tuple>

#include "random.hpp"

using vqi::ChoiceCodebook;
using vqi::NearCodeword;

namespace {

vqi::SampleArray random_codewords(std::size_t k, std::uint32_t dimension, std::uint32_t depth) {
  vqi::SampleArray codewords(k, dimension, depth);
  vqi::Random random(k);
  for (std::size_t i = 0; i < k; ++i)
    for (std::uint32_t d = 0; d < dimension; ++d)
      vqi::store_sample(codewords.row(i), d, depth, static_cast<std::uint32_t>(random.below(1U << depth)));
  return codewords;
}

}  // namespace

TEST_CASE("each codeword has its nearest neighbours, the nearest first") {
  const vqi::ThreadPool pool(2);
  const vqi::ProgressCallback none;
  vqi::ProgressReporter progress(none);
  for (const auto& [k, channels, block, depth] :
       {std::tuple{2U, 1U, 1U, 8U}, {30U, 3U, 1U, 8U}, {500U, 3U, 1U, 8U}, {300U, 1U, 2U, 16U}, {200U, 3U, 4U, 8U}}) {
    const vqi::BlockGrid grid{64, 64, channels, depth, block, block};
    const vqi::TrainingSpace space(grid, false);
    const ChoiceCodebook codebook(random_codewords(k, grid.dimension(), depth), space, pool, progress);
    REQUIRE(codebook.size() == k);
    for (std::size_t i = 0; i < k; ++i) {
      std::vector<std::pair<std::uint64_t, std::uint16_t>> expected;
      for (std::size_t j = 0; j < k; ++j)
        if (j != i)
          expected.emplace_back(vqi::distance_sq(codebook.row(i), codebook.row(j).data()),
                                static_cast<std::uint16_t>(j));
      std::sort(expected.begin(), expected.end());
      const auto near = codebook.near(i);
      REQUIRE(near.size() == std::min<std::size_t>(k - 1, ChoiceCodebook::neighbours_max));
      for (std::size_t n = 0; n < near.size(); ++n)
        REQUIRE(std::pair(near[n].distance_sq, near[n].index) == expected[n]);
    }
  }
}

TEST_CASE("a single codeword has no neighbours") {
  const vqi::ThreadPool pool(1);
  const vqi::ProgressCallback none;
  vqi::ProgressReporter progress(none);
  const vqi::TrainingSpace space({8, 8, 3, 8, 1, 1}, false);
  CHECK(ChoiceCodebook(random_codewords(1, 3, 8), space, pool, progress).near(0).empty());
}
