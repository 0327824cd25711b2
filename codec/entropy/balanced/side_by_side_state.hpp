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
#include "logistic.hpp"
#include "path_pattern.hpp"
#include "state_memory.hpp"

namespace vqi::detail {

/// Counters and weights in one block of memory, which huge pages can hold.
class SideBySideState {
 public:
  using Groups = CounterGroupTable<4, 13>;
  static constexpr std::size_t contexts = 6;
  static constexpr unsigned flat_bits = 15;
  static constexpr std::size_t flat_tables = 6;
  static constexpr std::size_t row_size = 8;  ///< weights in a row
  /// Which weights a path has, beside depth and level.
  enum class Kind : std::uint8_t { plain, after_flat, novel };
  static constexpr std::size_t kinds = 3;
  /// From this node on, all nodes of one depth share their plane counters.
  static constexpr std::uint32_t own_plane_nodes = 1024;

  explicit SideBySideState(std::uint32_t depth)
      : memory_(size_bytes(depth)),
        groups{new_groups(), new_groups(), new_groups(), new_groups(), new_groups(), new_groups()},
        flat_counters(memory_.filled(flat_tables << flat_bits, Counter{4000 << 4})),
        plane_counters_(memory_.filled(plane_rows(depth) * plane_row_size, even_counter)),
        pattern_counters_(memory_.filled(std::size_t{depth} * PathPattern::count, even_counter)),
        flat_weights_(memory_.filled(FlatNeighbours::counts * row_size, flat_weight)),
        flat_pattern_weights_(memory_.filled(FlatNeighbours::patterns * row_size, flat_weight)),
        level_weights_(memory_.filled(std::size_t{depth} * ErrorRows::levels * kinds * row_size, path_weight)),
        pattern_weights_(memory_.filled(PathPattern::count * row_size, path_weight)) {
    for (std::size_t row = 0; row < plane_rows(depth) * ErrorRows::levels; ++row)
      for (std::uint32_t step = 0; step < distance_steps; ++step)
        plane_counters_[row * distance_steps + step] = first_of_step(step);
  }

  [[nodiscard]] std::int16_t* flat_weights(std::size_t equal_count) noexcept {
    return flat_weights_ + equal_count * row_size;
  }
  [[nodiscard]] std::int16_t* flat_pattern_weights(std::size_t pattern) noexcept {
    return flat_pattern_weights_ + pattern * row_size;
  }
  [[nodiscard]] std::int16_t* level_weights(std::size_t depth, std::size_t level, Kind kind) noexcept {
    return level_weights_ + ((depth * ErrorRows::levels + level) * kinds + static_cast<std::size_t>(kind)) * row_size;
  }
  [[nodiscard]] std::int16_t* pattern_weights(std::size_t pattern) noexcept {
    return pattern_weights_ + pattern * row_size;
  }
  [[nodiscard]] Counter* plane_counter(std::size_t node, std::size_t depth, std::size_t level,
                                       std::size_t step) noexcept {
    const std::size_t row = node < own_plane_nodes ? node : own_plane_nodes + depth;
    return plane_counters_ + row * plane_row_size + level * distance_steps + step;
  }
  [[nodiscard]] Counter* pattern_counter(std::size_t depth, std::size_t pattern) noexcept {
    return pattern_counters_ + depth * PathPattern::count + pattern;
  }

  /// Memory of an object for a tree of this depth, in bytes, but for the object itself.
  [[nodiscard]] static std::uint64_t size_bytes(std::uint32_t depth) noexcept {
    const auto counters = [](std::uint64_t count) { return StateMemory::size_of<Counter>(count); };
    const auto weights = [](std::uint64_t rows) { return StateMemory::size_of<std::int16_t>(rows * row_size); };
    return contexts * counters(Groups::counter_count) + counters(std::uint64_t{flat_tables} << flat_bits) +
           counters(plane_rows(depth) * plane_row_size) + counters(std::uint64_t{depth} * PathPattern::count) +
           weights(FlatNeighbours::counts) + weights(FlatNeighbours::patterns) +
           weights(std::uint64_t{depth} * ErrorRows::levels * kinds) + weights(PathPattern::count);
  }

 private:
  static constexpr std::size_t plane_row_size = ErrorRows::levels * distance_steps;
  static constexpr std::int16_t flat_weight = 2000;
  static constexpr std::int16_t path_weight = 2500;

  static std::size_t plane_rows(std::uint32_t depth) noexcept {
    const std::uint32_t leaves = 1U << depth;
    return leaves <= own_plane_nodes ? leaves : own_plane_nodes + depth;
  }
  /// A counter that has learned nothing but on which side of the plane the point lies, as if it had seen three bits.
  static Counter first_of_step(std::uint32_t step) noexcept {
    const std::int32_t logit = std::clamp((2 * static_cast<std::int32_t>(step) - 23) * 60, -2000, 2000);
    return static_cast<Counter>(squash(logit) >> 4 << 4 | 3);
  }
  [[nodiscard]] Groups new_groups() noexcept { return Groups(memory_.filled(Groups::counter_count, even_counter)); }

  StateMemory memory_;

 public:
  std::array<Groups, contexts> groups;
  Counter* flat_counters;

 private:
  Counter* plane_counters_;
  Counter* pattern_counters_;
  std::int16_t* flat_weights_;
  std::int16_t* flat_pattern_weights_;
  std::int16_t* level_weights_;
  std::int16_t* pattern_weights_;
};

}  // namespace vqi::detail
