// What rows side by side learn: rows of weights that do not overlap, and how fast they learn.
#include "side_by_side_state.hpp"

#include <catch2/catch.hpp>
#include <cstdint>
#include <set>

namespace vqi::detail {

TEST_CASE("each kind, node and turn has weights of its own, in whole cache lines") {
  constexpr std::size_t turns = SideBySideState::turns;
  constexpr std::size_t kinds = SideBySideState::kinds;
  SideBySideState state(8);
  std::set<const std::int16_t*> rows;
  for (std::size_t levels = 0; levels < 2; ++levels) {
    for (std::size_t level = 0; level < ErrorRows::levels; ++level)
      for (std::size_t kind = 0; kind < kinds; ++kind) rows.insert(state.kind_weights(levels, level, kind));
    for (std::size_t turn = 0; turn < turns; ++turn) rows.insert(state.turn_weights(levels, turn));
    for (std::uint32_t node = 1U << (4 * levels); node < 2U << (4 * levels); ++node)
      rows.insert(state.node_weights(levels, node));
  }
  CHECK(rows.size() == 2 * (ErrorRows::levels * kinds + turns) + 17);
  const std::int16_t* before = nullptr;
  for (const std::int16_t* const row : rows) {
    CHECK(reinterpret_cast<std::uintptr_t>(row) % 64 == 0);
    if (before != nullptr) CHECK(row - before >= std::ptrdiff_t{SideBySideState::level_row_size});
    before = row;
  }
}

TEST_CASE("weights of kinds and nodes trust planes more than other inputs at first, those of turns nothing") {
  SideBySideState state(5);
  for (const std::int16_t* const row : {state.kind_weights(1, 7, 31), state.node_weights(1, 16)}) {
    CHECK(row[0] == 2300);
    CHECK(row[plane_input * level_lanes] == 3800);
  }
  const std::int16_t* const turn = state.turn_weights(1, 63);
  CHECK(turn[0] == 0);
  CHECK(turn[plane_input * level_lanes] == 0);
}

TEST_CASE("weights move most at the beginning") {
  CHECK(side_by_side_rate(0) == 944);
  CHECK(side_by_side_rate(86'000) == 330);
  CHECK(side_by_side_rate(std::uint64_t{1} << 40) == 230);
}

}  // namespace vqi::detail
