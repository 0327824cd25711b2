// MapRows: what stands around a column, inside the map and outside it.
#include "map_rows.hpp"

#include <catch2/catch.hpp>

using vqi::detail::MapRows;

namespace {

constexpr std::size_t width = 5;

/// Position x of row y; all different, none 0.
std::uint16_t position(std::size_t x, std::size_t y) { return static_cast<std::uint16_t>(100 * (y + 1) + x); }

/// Rows with `rows` of them ended.
MapRows rows_of(std::size_t rows) {
  MapRows made(width);
  for (std::size_t y = 0; y < rows; ++y) {
    made.begin_row();
    for (std::size_t x = 0; x < width; ++x) made.row(0)[x] = position(x, y);
    made.end_row();
  }
  return made;
}

}  // namespace

TEST_CASE("rows above are the rows that ended, and zeros above the first") {
  for (const std::size_t rows : {0U, 1U, 3U, 7U, 8U, 20U}) {  // also after the ring has been used up
    MapRows made = rows_of(rows);
    made.begin_row();
    for (std::size_t above = 1; above <= 6; ++above)
      for (std::size_t x = 0; x < width; ++x)
        CHECK(made.row(above)[x] == (above > rows ? 0 : position(x, rows - above)));
  }
}

TEST_CASE("to the left stands the first position of the row above, to the right the last one of the row") {
  MapRows made = rows_of(3);
  made.begin_row();
  for (std::size_t i = 1; i <= MapRows::margin; ++i) {
    CHECK(*(made.row(0) - i) == position(0, 2));
    CHECK(*(made.row(1) - i) == position(0, 1));
    CHECK(*(made.row(3) - i) == 0);
    CHECK(made.row(1)[width - 1 + i] == position(width - 1, 2));
    CHECK(made.row(2)[width - 1 + i] == position(width - 1, 1));
  }
}

TEST_CASE("surroundings point at a column and its neighbours") {
  MapRows made = rows_of(5);
  made.begin_row();
  made.row(0)[0] = 7;
  const vqi::detail::Surroundings around = made.surroundings(1);
  CHECK(around.nearest_six() == std::array<std::uint32_t, 6>{7, position(1, 4), position(0, 4), position(2, 4),
                                                             position(0, 4), position(1, 3)});
  CHECK(around.three_above[0] == position(1, 2));
  CHECK(around.four_above[0] == position(1, 1));
  std::vector<std::uint16_t> next(width, 9);
  const vqi::detail::Surroundings below = made.surroundings_below(next.data(), 1);
  CHECK(below.row[0] == 9);
  CHECK(below.above[-1] == 7);
  CHECK(below.two_above[0] == position(1, 4));
}

TEST_CASE("a neighbourhood is flat if W, N, NW and NE are the same") {
  MapRows made = rows_of(2);
  made.begin_row();
  for (std::size_t x = 0; x < width; ++x) made.row(1)[x] = 3;
  made.row(0)[0] = 3;
  CHECK(made.surroundings(1).flat());
  for (std::uint16_t* const neighbour : {made.row(0), made.row(1), made.row(1) + 1, made.row(1) + 2}) {
    *neighbour = 4;
    CHECK_FALSE(made.surroundings(1).flat());
    *neighbour = 3;
  }
  made.row(2)[1] = 4;
  CHECK(made.surroundings(1).flat());
}

TEST_CASE("positions are joined lowest first, and an object's memory is what it says") {
  CHECK(vqi::detail::joined(1, 2, 3, 4) == 0x0004000300020001U);
  constexpr std::uint16_t four[] = {0xFFFF, 0, 0x8000, 1};
  CHECK(vqi::detail::joined(four) == 0x000180000000FFFFU);
  CHECK(MapRows::size_bytes(100) == 8 * (100 + 16) * 2);
}
