// BalancedState: everything that the model "balanced" learns while it codes a strip.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "codeword_tree.hpp"
#include "counter.hpp"
#include "counter_groups.hpp"
#include "error_rows.hpp"
#include "flat_neighbours.hpp"
#include "map_rows.hpp"
#include "path_pattern.hpp"
#include "state_memory.hpp"
#include "weight_rows.hpp"

namespace vqi::detail {

/// How much the mixer's weights move, in 1/65536: most at the beginning, when nothing has been learned.
[[nodiscard]] inline std::int32_t mixing_rate(std::uint64_t coded_vectors) noexcept {
  return 300 + static_cast<std::int32_t>(3'600'000 / (2000 + coded_vectors));
}

struct BalancedState {
  static constexpr std::size_t contexts = 6;
  static constexpr unsigned flat_bits = 15;
  static constexpr std::size_t flat_tables = 6;
  /// From this node on, all nodes of one depth share their plane counters.
  static constexpr std::uint32_t own_plane_nodes = 1024;

  BalancedState(const CodewordTree& tree, std::size_t map_width)
      : rows(map_width),
        errors(map_width),
        memory_(counters_bytes(tree.depth())),
        groups{new_groups(), new_groups(), new_groups(), new_groups(), new_groups(), new_groups()},
        flat_counters(memory_.filled(flat_tables << flat_bits, Counter{4000 << 4})),
        plane_counters(memory_.filled(plane_rows(tree.depth()) * plane_row_size, even_counter)),
        pattern_counters(memory_.filled(std::size_t{tree.depth()} * PathPattern::count, even_counter)),
        flat_weights_(FlatNeighbours::counts, 8000),
        flat_pattern_weights_(FlatNeighbours::patterns, 8000),
        level_weights_(std::size_t{tree.depth()} * ErrorRows::levels * 2, 10000),
        pattern_weights_(PathPattern::count, 10000) {}

  [[nodiscard]] std::int32_t* flat_weights(std::size_t equal_count) noexcept { return flat_weights_.row(equal_count); }
  [[nodiscard]] std::int32_t* flat_pattern_weights(std::size_t pattern) noexcept {
    return flat_pattern_weights_.row(pattern);
  }
  [[nodiscard]] std::int32_t* level_weights(std::size_t depth, std::size_t level, bool after_flat) noexcept {
    return level_weights_.row((depth * ErrorRows::levels + level) * 2 + (after_flat ? 1 : 0));
  }
  [[nodiscard]] std::int32_t* pattern_weights(std::size_t pattern) noexcept { return pattern_weights_.row(pattern); }
  [[nodiscard]] Counter* plane_counter(std::size_t node, std::size_t depth, std::size_t level,
                                       std::size_t step) noexcept {
    const std::size_t row = node < own_plane_nodes ? node : own_plane_nodes + depth;
    return plane_counters + row * plane_row_size + level * distance_steps + step;
  }
  [[nodiscard]] Counter* pattern_counter(std::size_t depth, std::size_t pattern) noexcept {
    return pattern_counters + depth * PathPattern::count + pattern;
  }

  MapRows rows;
  ErrorRows errors;

 private:
  StateMemory memory_;

 public:
  std::array<CounterGroups, contexts> groups;
  Counter* flat_counters;
  Counter* plane_counters;
  Counter* pattern_counters;

  /// Memory of an object for a tree of this depth, in bytes.
  [[nodiscard]] static std::uint64_t size_bytes(std::uint32_t depth, std::uint32_t map_width) noexcept {
    const std::uint64_t weight_rows = FlatNeighbours::counts + FlatNeighbours::patterns +
                                      std::uint64_t{depth} * ErrorRows::levels * 2 + PathPattern::count;
    return MapRows::size_bytes(map_width) + ErrorRows::size_bytes(map_width) + counters_bytes(depth) +
           weight_rows * WeightRows<8>::row_size * sizeof(std::int32_t);
  }

 private:
  static constexpr std::size_t plane_row_size = ErrorRows::levels * distance_steps;

  [[nodiscard]] CounterGroups new_groups() noexcept {
    return CounterGroups(memory_.filled(CounterGroups::counter_count, even_counter));
  }
  static std::uint64_t counters_bytes(std::uint32_t depth) noexcept {
    return contexts * StateMemory::size_of<Counter>(CounterGroups::counter_count) +
           StateMemory::size_of<Counter>(flat_tables << flat_bits) +
           StateMemory::size_of<Counter>(plane_rows(depth) * plane_row_size) +
           StateMemory::size_of<Counter>(std::uint64_t{depth} * PathPattern::count);
  }
  static std::size_t plane_rows(std::uint32_t depth) noexcept {
    const std::uint32_t leaves = 1U << depth;
    return leaves <= own_plane_nodes ? leaves : own_plane_nodes + depth;
  }

  WeightRows<8> flat_weights_;
  WeightRows<8> flat_pattern_weights_;
  WeightRows<8> level_weights_;
  WeightRows<8> pattern_weights_;
};

}  // namespace vqi::detail
