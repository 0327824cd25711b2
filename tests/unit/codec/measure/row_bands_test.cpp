// RowBands: every row in one band, the last of which may be lower.
#include "row_bands.hpp"

#include <catch2/catch.hpp>

TEST_CASE("bands cover the rows once, in order, none higher than asked for") {
  for (const std::uint32_t rows : {0U, 1U, 31U, 32U, 33U, 1000U, 0xFFFFFFFFU})
    for (const std::uint32_t height : {1U, 32U, 100U, 0xFFFFFFFFU}) {
      if (rows / height > 2000) continue;
      const vqi::detail::RowBands bands(rows, height);
      std::uint32_t next = 0;
      for (std::size_t i = 0; i < bands.count(); ++i) {
        CHECK(bands[i].first == next);
        CHECK(bands[i].last > next);
        CHECK(bands[i].last - next <= height);
        next = bands[i].last;
      }
      CHECK(next == rows);
    }
}
