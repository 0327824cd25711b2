// The neighbours of codewords.
#include "choice_codebook.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <tuple>

#include "random.hpp"

using vqi::detail::ChoiceCodebook;
using vqi::detail::NearCodeword;

namespace {

vqi::detail::SampleArray random_codewords(std::size_t k, std::uint32_t dimension, std::uint32_t depth) {
  vqi::detail::SampleArray codewords(k, dimension, depth);
  vqi::detail::Random random(k);
  for (std::size_t i = 0; i < k; ++i)
    for (std::uint32_t d = 0; d < dimension; ++d)
      vqi::detail::store_sample(codewords.row(i), d, depth, static_cast<std::uint32_t>(random.below(1U << depth)));
  return codewords;
}

}  // namespace

TEST_CASE("each codeword has its nearest neighbours, the nearest first") {
  const vqi::detail::ThreadPool pool(2);
  const vqi::ProgressCallback none;
  vqi::detail::ProgressReporter progress(none);
  for (const auto& [k, channels, block, depth] :
       {std::tuple{2U, 1U, 1U, 8U}, {30U, 3U, 1U, 8U}, {500U, 3U, 1U, 8U}, {300U, 1U, 2U, 16U}, {200U, 3U, 4U, 8U}}) {
    const vqi::detail::BlockGrid grid{64, 64, channels, depth, block, block};
    const vqi::detail::TrainingSpace space(grid);
    const ChoiceCodebook codebook(random_codewords(k, grid.dimension(), depth), space, {pool, progress});
    REQUIRE(codebook.size() == k);
    for (std::size_t i = 0; i < k; ++i) {
      std::vector<std::pair<std::uint64_t, std::uint16_t>> expected;
      for (std::size_t j = 0; j < k; ++j)
        if (j != i)
          expected.emplace_back(vqi::detail::distance_sq(codebook.row(i), codebook.row(j).data()),
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
  const vqi::detail::ThreadPool pool(1);
  const vqi::ProgressCallback none;
  vqi::detail::ProgressReporter progress(none);
  const vqi::detail::TrainingSpace space({8, 8, 3, 8, 1, 1});
  CHECK(ChoiceCodebook(random_codewords(1, 3, 8), space, {pool, progress}).near(0).empty());
}
