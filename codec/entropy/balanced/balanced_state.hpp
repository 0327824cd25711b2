// BalancedState: all that the model "balanced" learns while it codes a strip.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "codeword_tree.hpp"
#include "counter.hpp"
#include "counter_groups.hpp"
#include "map_rows.hpp"
#include "path_pattern.hpp"
#include "point_prediction.hpp"
#include "weight_rows.hpp"

namespace vqi::detail {

/// How much the mixer's weights move, in 1/65536: fast in the beginning, when all is unknown.
[[nodiscard]] inline std::int32_t mixing_rate(std::uint64_t coded_vectors) noexcept {
  return 300 + static_cast<std::int32_t>(3'600'000 / (2000 + coded_vectors));
}

struct BalancedState {
  static constexpr std::size_t contexts = 6;
  static constexpr unsigned flat_bits = 15;
  static constexpr std::size_t flat_tables = 6;
  static constexpr std::size_t flat_patterns = 512;
  static constexpr std::size_t flat_counts = 10;
  /// Nodes from here on share their plane counters with those of their depth.
  static constexpr std::uint32_t own_plane_nodes = 1024;

  BalancedState(const CodewordTree& tree, std::size_t map_width)
      : rows(map_width),
        errors(map_width),
        flat_counters(flat_tables << flat_bits, Counter{4000 << 4}),
        plane_counters(plane_rows(tree) * plane_row_size, even_counter),
        pattern_counters(std::size_t{tree.depth()} * PathPattern::count, even_counter),
        flat_weights_(flat_counts, 8000),
        flat_pattern_weights_(flat_patterns, 8000),
        level_weights_(std::size_t{tree.depth()} * ErrorRows::levels * 2, 10000),
        pattern_weights_(PathPattern::count, 10000) {}

  [[nodiscard]] std::int32_t* flat_weights(std::size_t alike) noexcept { return flat_weights_.row(alike); }
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
    return plane_counters.data() + row * plane_row_size + level * distance_steps + step;
  }
  [[nodiscard]] Counter* pattern_counter(std::size_t depth, std::size_t pattern) noexcept {
    return pattern_counters.data() + depth * PathPattern::count + pattern;
  }

  MapRows rows;
  ErrorRows errors;
  std::array<CounterGroups, contexts> groups;
  std::vector<Counter> flat_counters;
  std::vector<Counter> plane_counters;
  std::vector<Counter> pattern_counters;

  /// Memory of an object, in bytes.
  [[nodiscard]] static std::uint64_t size_bytes(const CodewordTree& tree, std::uint32_t map_width) noexcept {
    const std::uint64_t counters = (std::uint64_t{flat_tables} << flat_bits) + plane_rows(tree) * plane_row_size +
                                   std::uint64_t{tree.depth()} * PathPattern::count;
    const std::uint64_t weight_rows =
        flat_counts + flat_patterns + std::uint64_t{tree.depth()} * ErrorRows::levels * 2 + PathPattern::count;
    return MapRows::size_bytes(map_width) + ErrorRows::size_bytes(map_width) + contexts * CounterGroups::size_bytes() +
           counters * sizeof(Counter) + weight_rows * WeightRows<8>::row_size * sizeof(std::int32_t);
  }

 private:
  static constexpr std::size_t plane_row_size = ErrorRows::levels * distance_steps;

  static std::size_t plane_rows(const CodewordTree& tree) noexcept {
    return tree.leaves() <= own_plane_nodes ? tree.leaves() : own_plane_nodes + tree.depth();
  }

  WeightRows<8> flat_weights_;
  WeightRows<8> flat_pattern_weights_;
  WeightRows<8> level_weights_;
  WeightRows<8> pattern_weights_;
};

}  // namespace vqi::detail
