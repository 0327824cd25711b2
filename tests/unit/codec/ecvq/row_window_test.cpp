// RowWindow: the rows that it holds as it moves down a strip.
#include "row_window.hpp"

#include <catch2/catch.hpp>

TEST_CASE("a window holds the current row and those below as far as it and the strip reach") {
  constexpr std::size_t width = 3;
  for (const std::size_t rows : {1U, 2U, 5U, 9U})
    for (const std::size_t depth : {1U, 2U, 4U, 20U}) {
      std::size_t reads = 0;
      const vqi::detail::StripVectors strip{width, rows, [&](std::size_t y, std::span<std::int32_t> row) {
                                              ++reads;
                                              REQUIRE(row.size() == width * 2);
                                              for (std::size_t i = 0; i < row.size(); ++i)
                                                row[i] = static_cast<std::int32_t>(100 * y + i);
                                            }};
      vqi::detail::RowWindow window(strip, 2, depth);
      CAPTURE(rows, depth);
      for (std::size_t y = 0; y < rows; ++y) {
        window.move_to(y);
        for (std::size_t down = 0; down < 25; ++down) {
          REQUIRE(window.has(down) == (down < depth && y + down < rows));
          if (!window.has(down)) continue;
          for (std::size_t x = 0; x < width; ++x)
            REQUIRE(window.at(down, x)[1] == static_cast<std::int32_t>(100 * (y + down) + 2 * x + 1));
        }
      }
      CHECK(reads == rows);
    }
}
