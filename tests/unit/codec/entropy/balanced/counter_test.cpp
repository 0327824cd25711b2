// Counter: a probability that follows its bits, quickly at first, and never leaves its range.
#include "counter.hpp"

#include <catch2/catch.hpp>

using vqi::detail::Counter;

namespace {

std::int32_t probability(Counter counter) { return counter >> 4; }

}  // namespace

TEST_CASE("every counter moves towards its bit, by no more than the way there, and counts bits up to 15") {
  std::size_t wrong = 0;
  for (std::uint32_t value = 0; value < 65536; ++value)
    for (const bool bit : {false, true}) {
      const auto before = static_cast<Counter>(value);
      Counter after = before;
      vqi::detail::update_counter(after, bit);
      const bool towards = bit ? probability(after) >= probability(before) : probability(after) <= probability(before);
      const bool moved = probability(before) == (bit ? 4095 : 0) || probability(after) != probability(before);
      const std::uint32_t seen = before & 15U;
      if (!towards || !moved || (after & 15U) != (seen < 15 ? seen + 1 : 15)) ++wrong;
    }
  CHECK(wrong == 0);
}

TEST_CASE("a counter that has seen nothing says nothing, and one that has seen a lot of ones is sure") {
  Counter counter = vqi::detail::even_counter;
  CHECK(vqi::detail::counter_logit(counter) == 0);
  std::int32_t last = 0;
  for (int i = 0; i < 60; ++i) {
    vqi::detail::update_counter(counter, true);
    CHECK(vqi::detail::counter_logit(counter) >= last);
    last = vqi::detail::counter_logit(counter);
  }
  CHECK(probability(counter) > 4000);
  for (int i = 0; i < 400; ++i) vqi::detail::update_counter(counter, false);
  CHECK(probability(counter) < 100);
  CHECK(vqi::detail::counter_logit(counter) < 0);
}

TEST_CASE("log odds rise with the probability, and with the bits seen they go farther from 0") {
  for (std::uint32_t p = 0; p < 4096; ++p)
    for (std::uint32_t seen = 0; seen < 16; ++seen) {
      const std::int32_t logit = vqi::detail::counter_logit(static_cast<Counter>(p << 4 | seen));
      if (p > 0) REQUIRE(logit >= vqi::detail::counter_logit(static_cast<Counter>((p - 1) << 4 | seen)));
      if (seen > 0) {
        const std::int32_t with_fewer = vqi::detail::counter_logit(static_cast<Counter>(p << 4 | (seen - 1)));
        REQUIRE((logit < 0 ? logit <= with_fewer : logit >= with_fewer));
      }
    }
}
