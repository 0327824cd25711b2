// LapClock: a lap is as long as what was done in it.
#include "lap_clock.hpp"

#include <catch2/catch.hpp>
#include <thread>

TEST_CASE("a lap has the time that passed since the one before") {
  vqi::detail::LapClock clock;
  std::this_thread::sleep_for(std::chrono::milliseconds(4));
  CHECK(clock.lap() >= 0.004);
  CHECK(clock.lap() >= 0);
}
