// What bits cost.
#include "bit_cost.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using vqi::detail::bit_cost;

TEST_CASE("a bit costs -log2 of its probability, to a 1024th of a bit") {
  for (std::int32_t logit = -vqi::detail::logit_limit; logit <= vqi::detail::logit_limit; ++logit) {
    const double p = vqi::detail::squash(logit) / 65536.0;
    CHECK(std::abs(bit_cost(logit, true) + 1024 * std::log2(p)) <= 0.75);
    CHECK(std::abs(bit_cost(logit, false) + 1024 * std::log2(1 - p)) <= 0.75);
  }
}
