// Stopwatch: laps add up to the total.
#include "stopwatch.hpp"

#include <catch2/catch.hpp>
#include <thread>

TEST_CASE("laps begin where the last one ended, and add up to the total") {
  vqi::tool::Stopwatch watch;
  std::this_thread::sleep_for(std::chrono::milliseconds(5));
  const double first = watch.lap_seconds();
  const double second = watch.lap_seconds();
  const double total = watch.total_seconds();
  CHECK(first >= 0.005);
  CHECK(second >= 0);
  CHECK(total >= first + second);
}
