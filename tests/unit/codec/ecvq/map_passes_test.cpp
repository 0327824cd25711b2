// Passes over a map of several strips, and tiles that are taken back.
#include "map_passes.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <vector>

#include "made_start.hpp"

using vqi::detail::lambda_unit;
using vqi::detail::MapCosts;
using vqi::detail::MapPasses;
using vqi::detail::StripChoice;
using vqi::test::Content;
using vqi::test::MadeStart;
using vqi::test::make_image;

namespace {

constexpr vqi::detail::ChoicePlan careful{2, true, 4};
constexpr vqi::detail::ChoicePlan only_price{.finalists = 0};

struct Passes {
  vqi::ProgressCallback none{};
  vqi::detail::ProgressReporter progress{none};
  vqi::detail::ThreadPool pool;
  MapPasses passes;

  Passes(const MadeStart& start, std::uint32_t strip_rows, std::uint32_t threads)
      : pool(threads), passes(start.vectors, strip_rows, {pool, progress}) {}
};

std::uint64_t price_of(const std::vector<StripChoice>& tiles) {
  std::uint64_t price = 0;
  for (const StripChoice& tile : tiles) price += tile.price;
  return price;
}

}  // namespace

TEST_CASE("a pass that only prices leaves indices alone, and tells distances and bits of all tiles") {
  const MadeStart start(make_image(70, 50, 3, 8, Content::smooth), 1, 20);
  Passes made(start, 20, 1);
  std::vector<std::uint16_t> indices = start.indices;
  const MapCosts costs = made.passes.run(start.codewords, 0, only_price, indices);
  CHECK(indices == start.indices);
  CHECK(costs.tiles.size() == 5 * 2 + 5 * 2 + 5);  // strips of 20, 20 and 10 rows, tiles of 16
  std::uint64_t distortion_sq = 0;
  for (const StripChoice& tile : costs.tiles) distortion_sq += tile.distortion_sq;
  CHECK(costs.sum.distortion_sq == static_cast<double>(distortion_sq));
  const double bits = costs.sum.bits - vqi::detail::codebook_bits(start.codewords);
  CHECK(bits == Approx(static_cast<double>(price_of(costs.tiles)) / 1024));
  CHECK(bits < 70 * 50 * 4.4);  // log2(20)
}

TEST_CASE("a pass lowers what the map costs, and threads change nothing") {
  const MadeStart start(make_image(70, 50, 3, 8, Content::smooth), 1, 20);
  Passes alone(start, 20, 1);
  Passes several(start, 20, 3);
  constexpr double lambda = 50;
  std::vector<std::uint16_t> indices = start.indices;
  const MapCosts before = alone.passes.run(start.codewords, 0, only_price, indices);
  const MapCosts after = alone.passes.run(start.codewords, vqi::detail::lambda_units(lambda), careful, indices);
  CHECK(after.sum.cost(lambda) < before.sum.cost(lambda));
  std::vector<std::uint16_t> by_threads = start.indices;
  static_cast<void>(several.passes.run(start.codewords, vqi::detail::lambda_units(lambda), careful, by_threads));
  CHECK(by_threads == indices);
}

TEST_CASE("tiles that cost more than before are taken back, and no others") {
  const MadeStart start(make_image(40, 20, 3, 8, Content::smooth), 1, 20);
  Passes made(start, 100, 1);
  std::vector<std::uint16_t> indices = start.indices;
  const MapCosts before = made.passes.run(start.codewords, 0, only_price, indices);
  std::vector<std::uint16_t> changed(indices.size(), 7);
  MapCosts after = before;
  after.tiles[1].distortion_sq += 100;
  CHECK(made.passes.take_back(1.0, before, indices, after, changed) == Approx(100));
  for (std::size_t y = 0; y < 20; ++y)
    for (std::size_t x = 0; x < 40; ++x) {
      const bool in_tile = y < 16 && x >= 16 && x < 32;
      CHECK(changed[y * 40 + x] == (in_tile ? indices[y * 40 + x] : 7));
    }
}

TEST_CASE("lambda is counted in 256ths, up to the most that sums hold") {
  CHECK(vqi::detail::lambda_units(1.5) == 3 * lambda_unit / 2);
  CHECK(vqi::detail::lambda_units(1e300) == vqi::detail::lambda_units(vqi::detail::lambda_max));
}
