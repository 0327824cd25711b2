// FlatNeighbours: which neighbours are compared with N, and the order of their bits.
#include "flat_neighbours.hpp"

#include <array>
#include <catch2/catch.hpp>

TEST_CASE("nine more neighbours have a bit each, in the order of FORMAT.md") {
  // Rows of columns -3 .. 3; the vector is in the middle of the lowest.
  using Row = std::array<std::uint16_t, 7>;
  const auto flat = [](const Row& row, const Row& above, const Row& two_above) {
    return vqi::detail::FlatNeighbours(row.data() + 3, above.data() + 3, two_above.data() + 3);
  };
  const Row none{1, 2, 3, 0, 0, 0, 0};
  const Row n_alone{4, 5, 6, 9, 7, 8, 1};
  const Row others{1, 2, 3, 4, 5, 6, 7};
  CHECK(flat(none, n_alone, others).pattern == 0);
  CHECK(flat(none, n_alone, others).equal_count == 0);
  const Row all{9, 9, 9, 9, 9, 9, 9};
  CHECK(flat(all, all, all).pattern == 511);
  CHECK(flat(all, all, all).equal_count == 9);
  // WW, NN, NEE, NNE, NWW, WWW, NNW, NEEE, NNEE.
  struct Place {
    int row;
    std::size_t column;
  };
  const std::array<Place, 9> places{{{0, 1}, {2, 3}, {1, 5}, {2, 4}, {1, 1}, {0, 0}, {2, 2}, {1, 6}, {2, 5}}};
  for (std::size_t i = 0; i < places.size(); ++i) {
    std::array<Row, 3> rows{none, n_alone, others};
    rows[static_cast<std::size_t>(places[i].row)][places[i].column] = 9;
    const auto one = flat(rows[0], rows[1], rows[2]);
    CHECK(one.pattern == 1U << i);
    CHECK(one.equal_count == 1);
    CHECK(one.positions[i] == 9);
  }
}
