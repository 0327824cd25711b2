// SideBySideState: everything that the model "balanced" learns while it codes rows side by side (FORMAT.md, "Four rows
// side by side").
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "codeword_tree.hpp"
#include "counter.hpp"
#include "counter_groups.hpp"
#include "error_rows.hpp"
#include "flat_neighbours.hpp"
#include "level_tables.hpp"
#include "state_memory.hpp"

namespace vqi::detail {

/// How much weights move where rows are side by side, in 1/65536: most at the beginning.
[[nodiscard]] inline std::int32_t side_by_side_rate(std::uint64_t coded_vectors) noexcept {
  return 230 + static_cast<std::int32_t>(10'000'000 / (14'000 + coded_vectors));
}

/// Counters and weights in one block of memory, which huge pages can hold.
class SideBySideState {
 public:
  using Groups = CounterGroupTable<4, 13>;
  static constexpr std::size_t contexts = 6;
  static constexpr unsigned flat_bits = 15;
  static constexpr std::size_t flat_tables = 6;
  static constexpr std::size_t flag_row_size = 8;  ///< weights of a flag
  /// Weights of four levels: sixteen for each of nine inputs, and as many that fill up a cache line.
  static constexpr std::size_t level_row_size = 10 * level_lanes;
  /// Which of W, N, NW and NE have the first leaf, and whether a flat flag came before: each has weights of its own.
  static constexpr std::size_t kinds = 32;
  /// The first leaf, whether no neighbour has it, and whether a flat flag came before, likewise.
  static constexpr std::size_t turns = 4 * level_lanes;
  /// Ways in which neighbours may be like the first of them, by two levels of errors.
  static constexpr std::size_t patterns = std::size_t{6} * 6 * 6 * 6 * 8;

  explicit SideBySideState(std::uint32_t depth)
      : memory_(size_bytes(depth)),
        groups{new_groups(), new_groups(), new_groups(), new_groups(), new_groups(), new_groups()},
        flat_counters(memory_.filled(flat_tables << flat_bits, Counter{4000 << 4})),
        near_groups_(filled_groups(node_rows(levels_of(depth)) * near_row_groups)),
        pattern_groups_(filled_groups(levels_of(depth) * patterns)),
        flat_weights_(memory_.filled(FlatNeighbours::counts * flag_row_size, flat_weight)),
        flat_pattern_weights_(memory_.filled(FlatNeighbours::patterns * flag_row_size, flat_weight)),
        kind_weights_(new_level_rows(levels_of(depth) * ErrorRows::levels * kinds, path_weight, plane_weight)),
        node_weights_(new_level_rows(node_rows(levels_of(depth)), path_weight, plane_weight)),
        turn_weights_(new_level_rows(levels_of(depth) * turns, 0, 0)) {}

  [[nodiscard]] std::int16_t* flat_weights(std::size_t equal_count) noexcept {
    return flat_weights_ + equal_count * flag_row_size;
  }
  [[nodiscard]] std::int16_t* flat_pattern_weights(std::size_t pattern) noexcept {
    return flat_pattern_weights_ + pattern * flag_row_size;
  }
  /// `levels` is the depth of the node in fours.
  [[nodiscard]] std::int16_t* kind_weights(std::size_t levels, std::size_t level, std::size_t kind) noexcept {
    return kind_weights_ + ((levels * ErrorRows::levels + level) * kinds + kind) * level_row_size;
  }
  [[nodiscard]] std::int16_t* node_weights(std::size_t levels, std::uint32_t node) noexcept {
    return node_weights_ + node_row(levels, node) * level_row_size;
  }
  [[nodiscard]] std::int16_t* turn_weights(std::size_t levels, std::size_t turn) noexcept {
    return turn_weights_ + (levels * turns + turn) * level_row_size;
  }
  /// The group of a node, the leaf below it that is predicted, and the level.
  [[nodiscard]] Counter* near_group(std::size_t levels, std::uint32_t node, std::uint32_t leaf,
                                    std::uint32_t level) noexcept {
    return near_groups_ + ((node_row(levels, node) * level_lanes + leaf) * ErrorRows::levels + level) * level_lanes;
  }
  [[nodiscard]] Counter* pattern_group(std::size_t levels, std::size_t pattern) noexcept {
    return pattern_groups_ + (levels * patterns + pattern) * level_lanes;
  }

  /// Memory of an object for a tree of this depth, in bytes, but for the object itself.
  [[nodiscard]] static std::uint64_t size_bytes(std::uint32_t depth) noexcept {
    const auto counters = [](std::uint64_t count) { return StateMemory::size_of<Counter>(count); };
    const auto weights = [](std::uint64_t count) { return StateMemory::size_of<std::int16_t>(count); };
    const std::uint64_t levels = levels_of(depth);
    return contexts * counters(Groups::counter_count) + counters(std::uint64_t{flat_tables} << flat_bits) +
           counters(node_rows(levels) * near_row_groups * level_lanes) + counters(levels * patterns * level_lanes) +
           weights(FlatNeighbours::counts * flag_row_size) + weights(FlatNeighbours::patterns * flag_row_size) +
           weights(levels * ErrorRows::levels * kinds * level_row_size) + weights(node_rows(levels) * level_row_size) +
           weights(levels * turns * level_row_size);
  }

 private:
  static constexpr std::size_t near_row_groups = level_lanes * ErrorRows::levels;
  static constexpr std::int16_t flat_weight = 2000;
  static constexpr std::int16_t path_weight = 2300;
  static constexpr std::int16_t plane_weight = 3800;  ///< at first counters have nothing to say

  /// The depth in fours, rounded up.
  static std::size_t levels_of(std::uint32_t depth) noexcept { return (depth + levels_at_once - 1) / levels_at_once; }
  /// Rows of what is learned for nodes: nodes of a depth share 64 at most, by the lowest bits of their numbers.
  static constexpr std::array<std::uint16_t, 6> first_node_rows{0, 1, 17, 81, 145, 209};
  static constexpr std::size_t node_rows(std::size_t levels) noexcept { return first_node_rows[levels]; }
  static constexpr std::size_t node_row(std::size_t levels, std::uint32_t node) noexcept {
    const std::uint32_t first = first_node_rows[levels];
    return first + (node & (first_node_rows[levels + 1] - first - 1U));
  }
  /// New groups, as counters.
  [[nodiscard]] Counter* filled_groups(std::size_t count) noexcept {
    return memory_.filled(count * level_lanes, even_counter);
  }
  /// New weights of four levels, so many rows of them.
  [[nodiscard]] std::int16_t* new_level_rows(std::size_t rows, std::int16_t weight, std::int16_t of_plane) noexcept {
    std::int16_t* const weights = memory_.filled(rows * level_row_size, weight);
    for (std::size_t row = 0; row < rows; ++row)
      std::fill_n(weights + row * level_row_size + plane_input * level_lanes, level_lanes, of_plane);
    return weights;
  }
  [[nodiscard]] Groups new_groups() noexcept { return Groups(memory_.filled(Groups::counter_count, even_counter)); }

  StateMemory memory_;

 public:
  std::array<Groups, contexts> groups;
  Counter* flat_counters;

 private:
  Counter* near_groups_;
  Counter* pattern_groups_;
  std::int16_t* flat_weights_;
  std::int16_t* flat_pattern_weights_;
  std::int16_t* kind_weights_;
  std::int16_t* node_weights_;
  std::int16_t* turn_weights_;
};

}  // namespace vqi::detail
