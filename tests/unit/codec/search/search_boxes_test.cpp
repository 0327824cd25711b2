// SearchBoxes: at every level the tightest box around its vectors.
#include "search_boxes.hpp"

#include <catch2/catch.hpp>

#include "test_work.hpp"
#include "vector_sets.hpp"

namespace {

/// Bounds of the boxes that are not the extremes of -2 x_F over their blocks.
template <typename Word, typename Kernels>
std::size_t wrong_bounds(const vqi::detail::VectorSet& set, const vqi::detail::SearchBoxes<Word>& boxes,
                         const Kernels& coordinate) {
  std::size_t wrong = 0;
  for (const auto& level : boxes.levels) {
    if (level.boxes.size() != (set.block_count() + level.blocks - 1) / level.blocks) ++wrong;
    for (std::size_t b = 0; b < level.boxes.size(); ++b) {
      const std::size_t begin = b * level.blocks * vqi::detail::block_vectors;
      const std::size_t end = std::min(begin + level.blocks * vqi::detail::block_vectors, set.size());
      for (std::uint32_t i = 0; i < set.dimension(); ++i) {
        std::int32_t low = set.scaled(begin, i);
        std::int32_t high = low;
        for (std::size_t n = begin; n < end; ++n) {
          low = std::min(low, set.scaled(n, i));
          high = std::max(high, set.scaled(n, i));
        }
        if (coordinate(level.boxes[b].low, i) != -2 * high || coordinate(level.boxes[b].high, i) != -2 * low) ++wrong;
      }
    }
  }
  return wrong;
}

}  // namespace

TEST_CASE("boxes of narrow vectors are tight at every level, on one thread and in parallel") {
  for (const std::uint32_t dimension : {1U, 3U, 6U})
    for (const std::size_t count : {1U, 64U, 65U, 5000U}) {
      const vqi::detail::VectorSet set = vqi::test::make_vectors(dimension, 128, count).set();
      for (const std::uint32_t threads : {1U, 2U}) {
        const vqi::test::TestWork work(threads);
        const vqi::detail::SearchBoxes<std::int32_t> boxes(set, vqi::detail::many_box_levels,
                                                           vqi::detail::narrow_kernels(), work.pool);
        REQUIRE(boxes.levels.size() == 5);
        CHECK(wrong_bounds(set, boxes, [](const auto& words, std::uint32_t i) {
                return i % 2 == 0 ? std::int32_t{static_cast<std::int16_t>(words[i / 2] & 0xFFFF)} : words[i / 2] >> 16;
              }) == 0);
      }
    }
}

TEST_CASE("boxes of wide vectors are tight at every level") {
  const vqi::test::TestWork work;
  for (const std::uint32_t dimension : {1U, 5U}) {
    const vqi::detail::VectorSet set = vqi::test::make_vectors(dimension, 32768, 1100).set();
    const vqi::detail::SearchBoxes<double> boxes(set, vqi::detail::few_box_levels, vqi::detail::wide_kernels(),
                                                 work.pool);
    REQUIRE(boxes.levels.size() == 3);
    CHECK(wrong_bounds(set, boxes, [](const auto& words, std::uint32_t i) { return words[i]; }) == 0);
  }
}
