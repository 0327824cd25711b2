// The kernels of adaptive prediction and of densities: plain loops on every SIMD target, and predictions that learn.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "codec/entropy/max/prediction_kernels_test.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
// After foreach_target.
#include "prediction_kernels-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace vqi::detail {
namespace HWY_NAMESPACE {
namespace {

Point predict_of_target(AdaptivePrediction& adaptive, const AdaptivePrediction::Neighbours& neighbours,
                        const Point& base) {
  return predict_adaptively(adaptive, neighbours, base);
}
void update_of_target(AdaptivePrediction& adaptive, const Point& actual) { update_prediction(adaptive, actual); }
void weigh_of_target(const CodewordDensity& density, DensityState& state) { weigh_codewords(density, state); }

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace vqi::detail
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <catch2/catch.hpp>
#include <memory>

#include "index_maps.hpp"
#include "simd_targets.hpp"

namespace vqi::detail {
HWY_EXPORT(predict_of_target);
HWY_EXPORT(update_of_target);
HWY_EXPORT(weigh_of_target);

namespace {

constexpr std::size_t neighbour_count = AdaptivePrediction::neighbour_count;
using Points = std::array<Point, neighbour_count>;

AdaptivePrediction::Neighbours pointers_to(const Points& points) {
  AdaptivePrediction::Neighbours pointers{};
  for (std::size_t i = 0; i < neighbour_count; ++i) pointers[i] = &points[i];
  return pointers;
}

Point random_point(Random& random, std::size_t coordinates) {
  Point point{};
  for (std::size_t c = 0; c < coordinates; ++c) point[c] = static_cast<std::int32_t>(random.below(4096));
  return point;
}

/// The same prediction coordinate by coordinate.
struct PlainPrediction {
  std::size_t coordinates;
  std::array<std::array<std::int64_t, AdaptivePrediction::count>, 4> weights{};
  std::array<std::int64_t, AdaptivePrediction::count> differences{};
  std::int64_t norm = 0;
  Point predicted{};

  Point predict(const Points& points, const Point& base) {
    norm = 0;
    for (std::size_t i = 0; i < neighbour_count; ++i)
      for (std::size_t c = 0; c < 4; ++c) {
        differences[4 * i + c] = points[i][c] - base[c];
        norm += differences[4 * i + c] * differences[4 * i + c];
      }
    for (std::size_t c = 0; c < coordinates; ++c) {
      std::int64_t sum = 0;
      for (std::size_t i = 0; i < differences.size(); ++i) sum += differences[i] * (weights[c][i] >> 8);
      predicted[c] = static_cast<std::int32_t>(std::clamp<std::int64_t>(base[c] + (sum >> 12), 0, 4095));
    }
    return predicted;
  }
  void update(const Point& actual) {
    for (std::size_t c = 0; c < coordinates; ++c) {
      const std::int64_t step = (actual[c] - predicted[c]) * (std::int64_t{12} << 22) / (norm + 36 * 4096);
      for (std::size_t i = 0; i < differences.size(); ++i)
        weights[c][i] = std::clamp<std::int64_t>(weights[c][i] + (differences[i] * step >> 12), -(1 << 21), 1 << 21);
    }
  }
};

}  // namespace

TEST_CASE("adaptive prediction is the plain one's as weights grow, for one to four coordinates") {
  test::on_every_target([] {
    for (const std::size_t coordinates : {1U, 3U, 4U}) {
      Random random(coordinates);
      AdaptivePrediction adaptive(coordinates);
      PlainPrediction plain{coordinates};
      for (int round = 0; round < 2000; ++round) {
        Points points{};
        for (Point& point : points) point = random_point(random, coordinates);
        const Point base = random_point(random, coordinates);
        REQUIRE(HWY_DYNAMIC_DISPATCH(predict_of_target)(adaptive, pointers_to(points), base) ==
                plain.predict(points, base));
        REQUIRE(adaptive.norm == plain.norm);
        // What came is like the first neighbour, or at an end of the range.
        Point actual = points[0];
        if (round % 5 == 0)
          for (std::size_t c = 0; c < coordinates; ++c) actual[c] = round % 10 == 0 ? 0 : 4095;
        HWY_DYNAMIC_DISPATCH(update_of_target)(adaptive, actual);
        plain.update(actual);
        for (std::size_t c = 0; c < coordinates; ++c)
          REQUIRE(std::equal(adaptive.weights[c].begin(), adaptive.weights[c].end(), plain.weights[c].begin()));
      }
    }
  });
}

TEST_CASE("a picture that always follows one neighbour is predicted from it after a while") {
  AdaptivePrediction adaptive(3);
  Random random(9);
  std::int32_t early = 0;
  std::int32_t late = 0;
  constexpr int rounds = 10'000;
  for (int round = 0; round < rounds; ++round) {
    Points points{};
    const Point base = random_point(random, 3);
    for (Point& point : points)
      for (std::size_t c = 0; c < 3; ++c)
        point[c] = std::clamp(base[c] + static_cast<std::int32_t>(random.below(400)) - 200, 0, 4095);
    const Point predicted = HWY_DYNAMIC_DISPATCH(predict_of_target)(adaptive, pointers_to(points), base);
    const std::int32_t error = std::abs(predicted[1] - points[4][1]);
    if (round < 200) early += error;
    if (round >= rounds - 200) late += error;
    HWY_DYNAMIC_DISPATCH(update_of_target)(adaptive, points[4]);
  }
  CHECK(8 * late < early);
}

TEST_CASE("codewords weigh by their distance from what is expected, summed up the tree, as a loop does it") {
  test::on_every_target([] {
    for (const std::uint32_t k : {2U, 5U, 100U}) {
      const test::MadeCodebook codebook = test::make_codebook(k, 1, 1, 3, 8);
      const CodewordPoints points = make_points(codebook.view());
      const CodewordTree tree(points.whole);
      const CodewordDensity density(points, tree);
      DensityState state(density);
      Random random(k);
      for (int round = 0; round < 20; ++round) {
        state.expect(density.on_axes(random_point(random, 3)), static_cast<std::uint32_t>(random.below(8)));
        HWY_DYNAMIC_DISPATCH(weigh_of_target)(density, state);
        const std::uint32_t leaves = density.leaves();
        std::vector<std::uint32_t> sums(2 * std::size_t{leaves});
        for (std::size_t i = 0; i < k; ++i) {
          std::int32_t total = 0;
          std::int32_t greatest = 0;
          const Point own = density.on_axes(points.whole[i]);
          for (std::size_t a = 0; a < 4; ++a) {
            const std::int32_t distance = std::abs(own[a] - state.predicted()[a]) * state.inverse_scales()[a] >> 14;
            total += distance;
            greatest = std::max(greatest, distance);
          }
          const std::int32_t distance = std::min((total + greatest) >> 1, CodewordDensity::distance_max);
          sums[leaves + tree.position_of(i)] = static_cast<std::uint32_t>(density.weights()[distance]);
        }
        for (std::size_t node = leaves - 1; node > 0; --node) sums[node] = sums[2 * node] + sums[2 * node + 1];
        for (std::size_t node = 1; node < sums.size(); ++node)
          REQUIRE(static_cast<std::uint32_t>(state.sums()[node]) == sums[node]);
      }
    }
  });
}
}  // namespace vqi::detail
#endif  // HWY_ONCE
