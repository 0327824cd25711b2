// CodewordDensity and DensityState: weights by distance, scales that follow errors, and axes that are turned.
#include "codeword_density.hpp"

#include <catch2/catch.hpp>

#include "index_maps.hpp"

using vqi::detail::CodewordDensity;
using vqi::detail::CodewordPoints;
using vqi::detail::CodewordTree;
using vqi::detail::DensityState;
using vqi::detail::Point;

namespace {

struct Made {
  CodewordPoints points;
  CodewordTree tree;
  CodewordDensity density;

  explicit Made(const vqi::test::MadeCodebook& codebook)
      : points(vqi::detail::make_points(codebook.view())), tree(points.whole), density(points, tree) {}
};

}  // namespace

TEST_CASE("codewords stand at their positions on the axes, and positions without one are marked") {
  const Made made(vqi::test::make_codebook(37, 1, 1, 3, 8));
  REQUIRE(made.density.leaves() == made.tree.leaves());
  std::vector<std::int32_t> present(made.density.leaves());
  for (std::size_t i = 0; i < 37; ++i) {
    const std::uint32_t position = made.tree.position_of(i);
    present[position] = -1;
    const Point on_axes = made.density.on_axes(made.points.whole[i]);
    for (std::size_t a = 0; a < 4; ++a) CHECK(made.density.on_axis(a)[position] == on_axes[a]);
  }
  for (std::size_t p = 0; p < present.size(); ++p) CHECK(made.density.present()[p] == present[p]);
}

TEST_CASE("colour axes are luma and two differences, those of quarters a mean and three slopes, others are kept") {
  const Made colour(vqi::test::make_codebook(3, 1, 1, 3, 8));
  CHECK(colour.density.on_axes({100, 200, 50, 7}) == Point{137, -100, -100, 7});
  const Made quarters(vqi::test::make_codebook(3, 2, 2, 1, 8));
  CHECK(quarters.density.on_axes({10, 20, 30, 44}) == Point{26, 12, 22, 2});
  const Made grey(vqi::test::make_codebook(3, 1, 1, 1, 8));
  CHECK(grey.density.on_axes({10, 20, 30, 44}) == Point{10, 20, 30, 44});
}

TEST_CASE("weights fall with the distance, from 2^19 to at least 1, so that 4096 of them fit 32 bits") {
  const Made made(vqi::test::make_codebook(2, 1, 1, 1, 8));
  const std::int32_t* const weights = made.density.weights();
  CHECK(weights[0] == 1 << 19);
  for (std::int32_t d = 1; d <= CodewordDensity::distance_max; ++d) {
    CHECK(weights[d] <= weights[d - 1]);
    CHECK(weights[d] >= 1);
  }
  CHECK(std::abs(weights[45] - (1 << 16)) < 2000);  // (1 + d^2 / 8)^-3 is an eighth at d^2 = 8, d in sixteenths
}

TEST_CASE("a tree of more than 4096 leaves goes without a density") {
  const Made made(vqi::test::make_codebook(4097, 1, 1, 3, 8));
  CHECK(made.density.leaves() == 0);
  CHECK(DensityState::size_bytes(made.tree.leaves()) == (2 * 4096 + 16) * 4);
}

TEST_CASE("scales follow the errors of their own level, and the probability of a node is that of its sums") {
  const Made made(vqi::test::make_codebook(16, 1, 1, 3, 8));
  DensityState state(made.density);
  state.expect({0, 0, 0, 0}, 5);
  const Point untouched = state.inverse_scales();
  state.expect({0, 0, 0, 0}, 2);
  const Point before = state.inverse_scales();
  for (int i = 0; i < 3000; ++i) state.update({1000, 0, -1000, 5});
  const Point after = state.inverse_scales();
  CHECK(after[0] < before[0]);
  CHECK(after[0] == after[2]);
  CHECK(std::abs(after[0] - (1 << 24) / 64000) <= 2);
  CHECK(after[1] > before[1]);
  CHECK(after[1] <= (1 << 24) / 128);  // a scale stays at two coordinates' 64ths or more
  state.expect({0, 0, 0, 0}, 5);
  CHECK(state.inverse_scales() == untouched);
  state.sums()[2] = 100;
  state.sums()[3] = 299;
  CHECK(state.probability(1) == 299 * 65536 / 400);
  state.sums()[2] = 0;
  state.sums()[3] = -1;  // 2^32 - 1
  CHECK(state.probability(1) == 65535);
}
