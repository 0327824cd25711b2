// PathPattern: which neighbours have gone the path so far and where they go next, as following each alone says.
#include "path_pattern.hpp"

#include <catch2/catch.hpp>

#include "random.hpp"

TEST_CASE("patterns along random paths are those of following each neighbour alone, for depths of 1 to 16") {
  vqi::detail::Random random(2);
  for (std::uint32_t depth = 1; depth <= 16; ++depth)
    for (int round = 0; round < 50; ++round) {
      const auto path = static_cast<std::uint32_t>(random.below(std::uint64_t{1} << depth));
      std::array<std::uint32_t, 6> positions{};
      for (std::uint32_t& position : positions)  // some share the beginning of the path, some all of it
        position = path ^ static_cast<std::uint32_t>(random.below(std::uint64_t{1} << random.below(depth + 1)));
      vqi::detail::PathPattern pattern(positions, depth);
      for (std::uint32_t place = depth; place-- > 0;) {
        std::uint32_t expected = 0;
        for (std::uint32_t i = 0; i < 6; ++i) {
          const bool agrees = positions[i] >> (place + 1) == path >> (place + 1);
          if (!agrees) continue;
          expected |= 1U << i | (positions[i] >> place & 1U) << (6 + i);
        }
        REQUIRE(pattern.index(place) == expected);
        REQUIRE(pattern.index(place) < vqi::detail::PathPattern::count);
        pattern.follow(place, (path >> place & 1U) != 0);
      }
    }
}
