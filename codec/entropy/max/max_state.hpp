// MaxState: everything that the model "max" learns while it codes a strip.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "adaptive_prediction.hpp"
#include "codeword_density.hpp"
#include "codeword_tree.hpp"
#include "correction_table.hpp"
#include "error_rows.hpp"
#include "flat_neighbours.hpp"
#include "history_tables.hpp"
#include "logistic_regression.hpp"
#include "map_rows.hpp"
#include "path_pattern.hpp"
#include "weight_rows.hpp"

namespace vqi::detail {

struct MaxState {
  static constexpr std::size_t path_contexts = 16;
  static constexpr std::size_t flat_contexts = 8;
  static constexpr std::size_t predictions = 3;
  static constexpr std::size_t stepped = 2;  ///< predictions whose steps have probabilities: all but the first
  static constexpr std::size_t path_inputs = 32;
  static constexpr std::size_t flat_inputs = 16;
  static constexpr std::size_t mixers = 6;
  static constexpr std::size_t finals = 3;
  static constexpr std::size_t final_inputs = 8;
  static constexpr std::size_t corrected = 3;
  /// Tables with a row per node have this many; deeper nodes share them by their lowest bits.
  static constexpr std::uint32_t node_rows = 1024;
  static constexpr std::size_t step_row_size = ErrorRows::levels * distance_steps;
  using PathHistories = HistoryTables<path_contexts, 17>;
  using FlatHistories = HistoryTables<flat_contexts, 16>;

  MaxState(const CodewordTree& tree, const CodewordDensity& codewords, std::size_t coordinates, std::size_t map_width)
      : rows(map_width),
        errors{ErrorRows(map_width), ErrorRows(map_width), ErrorRows(map_width)},
        adaptive(coordinates),
        density(codewords),
        path_histories(32768),
        flat_histories(62000),
        step_probabilities(stepped * node_rows * step_row_size, 32768),
        flat_weights(FlatNeighbours::counts, 16384) {
    for (std::size_t i = 0; i < mixers; ++i) mixer_weights.emplace_back(mixer_rows(tree.depth())[i], 4681);
    for (std::size_t i = 0; i < finals; ++i) final_weights.emplace_back(final_rows(tree.depth())[i], 65536 / mixers);
    for (std::size_t i = 0; i < corrected; ++i) corrections.emplace_back(correction_rows()[i]);
  }

  /// Memory of an object for a tree of this depth, in bytes.
  [[nodiscard]] static std::uint64_t size_bytes(std::uint32_t depth, std::uint32_t map_width) noexcept {
    std::uint64_t weights = FlatNeighbours::counts * flat_inputs;
    for (const std::size_t count : mixer_rows(depth)) weights += count * path_inputs;
    for (const std::size_t count : final_rows(depth)) weights += count * final_inputs;
    std::uint64_t correction_contexts = 0;
    for (const std::size_t count : correction_rows()) correction_contexts += count;
    return sizeof(MaxState) + MapRows::size_bytes(map_width) + predictions * ErrorRows::size_bytes(map_width) +
           PathHistories::size_bytes() + FlatHistories::size_bytes() + LogisticRegression::size_bytes() +
           stepped * node_rows * step_row_size * sizeof(std::uint16_t) + DensityState::size_bytes(1U << depth) +
           weights * sizeof(std::int32_t) + CorrectionTable::size_bytes(correction_contexts);
  }

  MapRows rows;
  std::array<ErrorRows, predictions> errors;
  AdaptivePrediction adaptive;
  DensityState density;
  PathHistories path_histories;
  FlatHistories flat_histories;
  std::vector<std::uint16_t> step_probabilities;
  LogisticRegression regression;
  WeightRows<flat_inputs> flat_weights;
  std::vector<WeightRows<path_inputs>> mixer_weights;
  std::vector<WeightRows<final_inputs>> final_weights;
  std::vector<CorrectionTable> corrections;

 private:
  static std::array<std::size_t, mixers> mixer_rows(std::uint32_t depth) noexcept {
    return {std::size_t{depth} * ErrorRows::levels * 3,
            node_rows,
            PathPattern::count,
            std::size_t{ErrorRows::levels} * ErrorRows::levels * 4,
            node_rows,
            PathPattern::count};
  }
  static std::array<std::size_t, finals> final_rows(std::uint32_t depth) noexcept {
    return {std::size_t{depth} * ErrorRows::levels, node_rows, PathPattern::count};
  }
  static std::array<std::size_t, corrected> correction_rows() noexcept {
    return {node_rows, PathPattern::count, node_rows * ErrorRows::levels};
  }
};

}  // namespace vqi::detail
