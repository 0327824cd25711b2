// Four levels side by side: on every SIMD target as one node, one counter and one weight after the other.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "codec/entropy/balanced/level_lanes_test.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
// After foreach_target.
#include "level_lanes-inl.hpp"

#ifndef VQI_LEVEL_LANES_TEST_ONCE
#define VQI_LEVEL_LANES_TEST_ONCE
namespace {

/// Everything that four levels read and write.
struct LevelCase {
  alignas(64) std::array<std::array<vqi::detail::Counter, 16>, 8> from, to;
  alignas(64) std::array<std::array<std::int16_t, 160>, 3> weights;
  vqi::detail::PlaneLanes planes;
  vqi::detail::Point point;
  std::array<vqi::detail::Counter, 6> checks;
  std::uint32_t level, turn, end;
  std::int32_t rate;
  std::uint32_t expected;                      ///< result
  std::array<std::int32_t, 16> probabilities;  ///< result, of the nodes of the path
};

}  // namespace
#endif

HWY_BEFORE_NAMESPACE();
namespace vqi::detail {
namespace HWY_NAMESPACE {
namespace {

void code_levels(LevelCase& all) {
  LevelContexts contexts{};
  for (std::size_t i = 0; i < 8; ++i) {
    contexts.from[i] = all.from[i].data();
    contexts.to[i] = all.to[i].data();
  }
  contexts.checks = all.checks;
  contexts.turn = all.turn;
  contexts.weights = {all.weights[0].data(), all.weights[1].data(), all.weights[2].data()};
  LevelLanes lanes;
  all.expected = lanes.measure(all.planes, all.point, all.level);
  lanes.predict(contexts);
  for (std::uint32_t node = all.end / 2; node != 0; node /= 2) all.probabilities[node] = lanes.probability(node);
  lanes.learn(contexts, all.end, all.rate);
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace vqi::detail
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <catch2/catch.hpp>

#include "random.hpp"
#include "simd_targets.hpp"

namespace vqi::detail {
HWY_EXPORT(code_levels);

namespace {

std::int32_t product15(std::int32_t a, std::int32_t b) { return (a * b + 16384) >> 15; }
std::int16_t saturated(std::int32_t v) { return static_cast<std::int16_t>(std::clamp(v, -32768, 32767)); }

std::int32_t distance(const LevelCase& all, std::size_t node) {
  std::int32_t sum = -all.planes.offset[node];
  for (std::size_t c = 0; c < 4; ++c) sum += all.planes.axis[c][node] * all.point[c];
  return sum >> 14;
}

/// The nodes of the path by the definitions of FORMAT.md, one by one.
void code_one_by_one(LevelCase& all) {
  std::uint32_t leaf = 1;
  while (leaf < 16) leaf = 2 * leaf + (distance(all, leaf) >= 0 ? 1 : 0);
  all.expected = leaf - 16;
  for (std::size_t i = 0; i < 8; ++i) all.to[i] = all.from[i];
  for (std::size_t i = 0; i < 6; ++i) all.to[i][0] = all.checks[i];
  for (std::uint32_t below = all.end; below > 1; below /= 2) {
    const std::uint32_t node = below / 2;
    const bool bit = below % 2 != 0;
    const TurnedLanes& turn = turned_lanes[all.turn];
    std::array<std::int32_t, 9> inputs{};
    for (std::size_t i = 0; i < 7; ++i) inputs[i] = counter_input(all.from[i][node]);
    const auto turned = static_cast<Counter>(all.from[7][turn.other(node)] ^ turn.flips[node]);
    inputs[7] = counter_input(turned);
    inputs[8] = 23 * std::clamp((distance(all, node) * distance_scales[all.level]) >> 13, -133, 133);
    std::int32_t sum = 0;
    for (std::size_t i = 0; i < 9; ++i) {
      const std::int16_t two = saturated(all.weights[0][16 * i + node] + all.weights[1][16 * i + node]);
      sum += product15(inputs[i], saturated(two + all.weights[2][16 * i + node]));
    }
    all.probabilities[node] = squash(clamp_logit(sum));
    const std::int32_t step = product15((bit ? 32767 : 0) - (all.probabilities[node] >> 1), all.rate);
    for (auto& weights : all.weights)
      for (std::size_t i = 0; i < 9; ++i)
        weights[16 * i + node] = saturated(weights[16 * i + node] + product15(inputs[i], step));
    for (std::size_t i = 0; i < 7; ++i) all.to[i][node] = learned_counter(all.from[i][node], bit);
    all.to[7][turn.other(node)] = static_cast<Counter>(learned_counter(turned, bit) ^ turn.flips[node]);
  }
}

LevelCase make_case(Random& random, int round) {
  LevelCase all{};
  const auto below = [&](std::uint64_t end) { return static_cast<std::int32_t>(random.below(end)); };
  for (auto& group : all.from)
    for (Counter& counter : group) counter = static_cast<Counter>(random.below(65536));
  for (auto& group : all.from) group[0] = 0;
  const std::int32_t half = round % 3 == 0 ? 32768 : 6000;
  for (auto& weights : all.weights)
    for (std::int16_t& weight : weights)
      weight = static_cast<std::int16_t>(below(2 * static_cast<std::uint64_t>(half)) - half);
  for (std::size_t node = 1; node < 16; ++node) {
    for (auto& axis : all.planes.axis) axis[node] = below(16384) - 8192;
    all.planes.offset[node] = below(1 << 27) - (1 << 26);
  }
  for (std::int32_t& coordinate : all.point) coordinate = below(4096);
  for (Counter& check : all.checks) check = static_cast<Counter>(random.below(65536));
  all.level = static_cast<std::uint32_t>(below(8));
  all.turn = static_cast<std::uint32_t>(below(16));
  all.end = static_cast<std::uint32_t>(2 + below(30));
  all.rate = std::min(16 * (300 + below(1800)), 32767);
  return all;
}

}  // namespace

TEST_CASE("four levels say and learn what their nodes would one by one, on every target") {
  test::on_every_target([] {
    Random random(5);
    for (int round = 0; round < 2000; ++round) {
      LevelCase at_once = make_case(random, round);
      LevelCase one_by_one = at_once;
      HWY_DYNAMIC_DISPATCH(code_levels)(at_once);
      code_one_by_one(one_by_one);
      REQUIRE(at_once.expected == one_by_one.expected);
      REQUIRE(at_once.probabilities == one_by_one.probabilities);
      REQUIRE(at_once.to == one_by_one.to);
      REQUIRE(at_once.weights == one_by_one.weights);
    }
  });
}

TEST_CASE("the greatest inputs at the greatest weights do not overflow their sum") {
  test::on_every_target([] {
    LevelCase all{};
    for (auto& group : all.from) group.fill(0xFFFF);
    for (auto& weights : all.weights) weights.fill(32767);
    all.planes.axis[0].fill(16384);
    all.point[0] = 4095;
    all.end = 3;
    all.rate = 4800;
    HWY_DYNAMIC_DISPATCH(code_levels)(all);
    CHECK(all.probabilities[1] == squash(logit_limit));
  });
}

}  // namespace vqi::detail
#endif  // HWY_ONCE
