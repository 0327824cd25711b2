// Ticks of an axis.
#include "axis_ticks.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace vqi::tool;

namespace {

std::vector<std::string> texts(const AxisTicks& ticks) {
  std::vector<std::string> written;
  for (const double value : ticks.values) written.push_back(ticks.text(value));
  return written;
}

}  // namespace

TEST_CASE("axis ticks are multiples of 1, 2 or 5 that enclose the values") {
  CHECK(texts(axis_ticks(0, 8.05, 5)) == std::vector<std::string>{"0", "2", "4", "6", "8", "10"});
  CHECK(texts(axis_ticks(17.8, 43.5, 6)) == std::vector<std::string>{"15", "20", "25", "30", "35", "40", "45"});
  CHECK(texts(axis_ticks(0.6925, 0.9812, 4)) == std::vector<std::string>{"0.6", "0.7", "0.8", "0.9", "1.0"});
  CHECK(texts(axis_ticks(-0.25, 0.25, 5)) ==
        std::vector<std::string>{"-0.3", "-0.2", "-0.1", "0.0", "0.1", "0.2", "0.3"});
}

TEST_CASE("a value on a tick adds no further tick") {
  const AxisTicks ticks = axis_ticks(0.1, 0.3, 2);
  CHECK(texts(ticks) == std::vector<std::string>{"0.1", "0.2", "0.3"});
  CHECK(ticks.high() == 0.3);
  CHECK(axis_ticks(0.7, 1.0, 6).high() == 1.0);
}

TEST_CASE("equal ends are moved apart, at and below zero as well") {
  for (const double value : {0.0, 31.2, -3.0, 1e-6, 1e14}) {
    const AxisTicks ticks = axis_ticks(value, value, 4);
    CHECK(ticks.low() < value);
    CHECK(ticks.high() > value);
  }
}

TEST_CASE("ticks of any range rise, enclose it, are few, and have different labels") {
  for (const double low : {-1e9, -7.3, 0.0, 1e-7, 0.999999, 12.5, 1e6}) {
    for (const double span : {1e-9, 1e-4, 0.037, 1.0, 99.5, 1e7}) {
      for (const int count : {2, 5, 9}) {
        const AxisTicks ticks = axis_ticks(low, low + span, count);
        CAPTURE(low, span, count);
        const double slack = 1e-5 * (ticks.values[1] - ticks.values[0]);
        CHECK(ticks.low() <= low + slack);
        CHECK(ticks.high() >= low + span - slack);
        REQUIRE(ticks.values.size() >= 2);
        CHECK(ticks.values.size() <= static_cast<std::size_t>(count) + 3);
        for (std::size_t n = 1; n < ticks.values.size(); ++n) {
          CHECK(ticks.values[n - 1] < ticks.values[n]);
          CHECK(ticks.text(ticks.values[n - 1]) != ticks.text(ticks.values[n]));
        }
      }
    }
  }
}
