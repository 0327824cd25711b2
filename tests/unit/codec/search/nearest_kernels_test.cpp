// The kernels of nearest-codeword search, each against plain loops on every SIMD target.
#include "nearest_kernels.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "search_boxes.hpp"
#include "simd_targets.hpp"
#include "test_work.hpp"
#include "vector_sets.hpp"

using vqi::detail::FixedCodewords;
using vqi::detail::VectorSet;
using vqi::test::distance_sq_of;
using vqi::test::on_every_target;

namespace {

/// The first of the nearest codewords, and the score of any.
struct Oracle {
  const VectorSet& set;
  const FixedCodewords& codewords;

  [[nodiscard]] std::int64_t score(std::size_t n, std::size_t k) const {
    std::int64_t norm = 0;
    for (std::uint32_t i = 0; i < set.dimension(); ++i) norm += std::int64_t{set.scaled(n, i)} * set.scaled(n, i);
    return static_cast<std::int64_t>(distance_sq_of(set, n, codewords, k)) - norm;
  }
  [[nodiscard]] std::vector<std::size_t> by_nearness(std::size_t n) const {
    std::vector<std::size_t> order(codewords.size());
    for (std::size_t k = 0; k < order.size(); ++k) order[k] = k;
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return score(n, a) < score(n, b); });
    return order;
  }
};

template <typename Word, typename Kernels>
void check_assignment(const VectorSet& set, const FixedCodewords& codewords, const Kernels& kernels) {
  const Oracle oracle{set, codewords};
  vqi::detail::CodewordTable<Word> table;
  vqi::detail::fill_table(codewords, table);
  const std::size_t tiles = set.block_count() * vqi::detail::block_tiles;
  const std::size_t padded = tiles * vqi::detail::tile_vectors;
  std::vector<std::uint16_t> indices(padded);
  std::vector<std::uint16_t> indices_of_two(padded);
  std::vector<Word> first(padded);
  std::vector<Word> second(padded);
  std::vector<Word> last(padded);
  kernels.assign(vqi::detail::tiles_of(set, 0, Word{}), tiles, table, indices.data());
  const std::size_t k_count = codewords.size();
  kernels.scores(vqi::detail::tiles_of(set, 0, Word{}), tiles, table, k_count - 1, last.data());
  if (k_count >= 2)
    kernels.assign_two(vqi::detail::tiles_of(set, 0, Word{}), tiles, table, indices_of_two.data(), first.data(),
                       second.data());
  std::size_t wrong = 0;
  for (std::size_t n = 0; n < set.size(); ++n) {
    const std::vector<std::size_t> order = oracle.by_nearness(n);
    if (indices[n] != order[0]) ++wrong;
    if (last[n] != static_cast<Word>(oracle.score(n, k_count - 1))) ++wrong;
    if (k_count >= 2 && (indices_of_two[n] != order[0] || first[n] != static_cast<Word>(oracle.score(n, order[0])) ||
                         second[n] != static_cast<Word>(oracle.score(n, order[1]))))
      ++wrong;
  }
  CHECK(wrong == 0);
}

/// What a filter keeps is in the table's order, and holds the nearest (and second nearest) codeword of each vector.
template <typename Word, typename Kernels>
void check_filters(const VectorSet& set, const FixedCodewords& codewords, const Kernels& kernels) {
  const Oracle oracle{set, codewords};
  const vqi::test::TestWork work;
  const vqi::detail::SearchBoxes<Word> boxes(set, vqi::detail::few_box_levels, kernels, work.pool);
  vqi::detail::CodewordTable<Word> table;
  vqi::detail::fill_table(codewords, table);
  std::size_t wrong = 0;
  std::size_t kept_in_all = 0;
  for (std::size_t b = 0; b < set.block_count(); ++b)
    for (const std::size_t rival : {vqi::detail::no_rival, std::size_t{0}, codewords.size() - 1, std::size_t{60000}}) {
      vqi::detail::CodewordTable<Word> kept;
      vqi::detail::CodewordTable<Word> kept_two;
      kept.reserve(codewords.size(), table.columns);
      kept_two.reserve(codewords.size(), table.columns);
      kernels.filter(boxes.levels[0].boxes[b], table, rival, kept);
      kernels.filter_two(boxes.levels[0].boxes[b], table, vqi::detail::no_rival, kept_two);
      if (rival == vqi::detail::no_rival) kept_in_all += kept.count;
      const auto holds = [](const vqi::detail::CodewordTable<Word>& list, std::size_t k) {
        return std::find(list.indices.begin(), list.indices.begin() + static_cast<std::ptrdiff_t>(list.count),
                         static_cast<Word>(k)) != list.indices.begin() + static_cast<std::ptrdiff_t>(list.count);
      };
      if (!std::is_sorted(kept.indices.begin(), kept.indices.begin() + static_cast<std::ptrdiff_t>(kept.count)))
        ++wrong;
      for (std::size_t e = 0; e < kept.count; ++e)
        if (kept.norms[e] != table.norms[static_cast<std::size_t>(kept.indices[e])]) ++wrong;
      const std::size_t end = std::min((b + 1) * vqi::detail::block_vectors, set.size());
      for (std::size_t n = b * vqi::detail::block_vectors; n < end; n += 7) {
        const std::vector<std::size_t> order = oracle.by_nearness(n);
        if (!holds(kept, order[0]) || !holds(kept_two, order[0])) ++wrong;
        // Of equally near ones any may be the second.
        std::size_t second = 1;
        while (second < order.size() && !holds(kept_two, order[second])) ++second;
        if (second == order.size() || oracle.score(n, order[second]) != oracle.score(n, order[1])) ++wrong;
      }
    }
  CHECK(wrong == 0);
  CHECK(kept_in_all <= codewords.size() * set.block_count());
}

}  // namespace

TEST_CASE("narrow kernels assign and score as plain loops do, for few and many columns, ties going to the first") {
  on_every_target([] {
    for (const std::uint32_t dimension : {1U, 2U, 4U, 6U, 7U, 13U})
      for (const std::uint64_t values : {std::uint64_t{256}, std::uint64_t{3}})
        for (const std::size_t k : {1U, 2U, 3U, 5U, 40U}) {
          const VectorSet set = vqi::test::make_vectors(dimension, 128, 70, values).set();
          FixedCodewords codewords = vqi::test::make_codewords(set, 128, k);
          // Vectors of few values have codewords among them, twice.
          if (values == 3)
            for (std::size_t c = 0; c < k; ++c) set.read_scaled(c / 2, codewords.row(c));
          INFO("dimension " << dimension << ", k " << k << ", values " << values);
          check_assignment<std::int32_t>(set, codewords, vqi::detail::narrow_kernels());
        }
  });
}

TEST_CASE("wide kernels assign and score as plain loops do, for few and many columns") {
  on_every_target([] {
    for (const std::uint32_t dimension : {1U, 2U, 3U, 4U, 9U})
      for (const std::size_t k : {1U, 2U, 3U, 5U, 40U}) {
        const VectorSet set = vqi::test::make_vectors(dimension, 32768, 70).set();
        INFO("dimension " << dimension << ", k " << k);
        check_assignment<double>(set, vqi::test::make_codewords(set, 32768, k), vqi::detail::wide_kernels());
      }
  });
}

TEST_CASE("filters leave out no codeword that is nearest somewhere in the box, whatever the rival") {
  on_every_target([] {
    for (const std::uint32_t dimension : {1U, 3U, 6U}) {
      vqi::test::MadeVectors made = vqi::test::make_vectors(dimension, 128, 300);
      // Blocks of near vectors, so that there is something to leave out.
      for (std::size_t n = 0; n < made.size(); ++n)
        for (std::uint32_t i = 0; i < dimension; ++i) {
          std::int32_t& x = made.coordinates[n * dimension + i];
          x = x / 8 + static_cast<std::int32_t>(n / 64 * 40) - 80;
        }
      const VectorSet set = made.set();
      for (const std::size_t k : {2U, 3U, 37U}) {
        INFO("dimension " << dimension << ", k " << k);
        check_filters<std::int32_t>(set, vqi::test::make_codewords(set, 128, k), vqi::detail::narrow_kernels());
      }
    }
    for (const std::uint32_t dimension : {1U, 5U}) {
      const VectorSet set = vqi::test::make_vectors(dimension, 32768, 130).set();
      check_filters<double>(set, vqi::test::make_codewords(set, 32768, 37), vqi::detail::wide_kernels());
    }
  });
}

TEST_CASE("a filter of a small box leaves out most codewords") {
  vqi::test::MadeVectors made{3, 128, {}, {}};
  for (std::int32_t n = 0; n < 64; ++n) {
    made.coordinates.insert(made.coordinates.end(), {10 + n % 4, 20 + n / 4 % 4, 30 + n / 16});
    made.weights.push_back(1);
  }
  const VectorSet set = made.set();
  const vqi::test::TestWork work;
  const vqi::detail::NarrowKernels kernels = vqi::detail::narrow_kernels();
  const vqi::detail::SearchBoxes<std::int32_t> boxes(set, vqi::detail::few_box_levels, kernels, work.pool);
  vqi::detail::NarrowTable table;
  vqi::detail::NarrowTable kept;
  vqi::detail::fill_table(vqi::test::make_codewords(set, 128, 500), table);
  kept.reserve(500, table.columns);
  kernels.filter(boxes.levels[0].boxes[0], table, vqi::detail::no_rival, kept);
  CHECK(kept.count >= 1);
  CHECK(kept.count < 25);
}
