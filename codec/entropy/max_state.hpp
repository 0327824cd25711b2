// MaxState: all that the model "max" learns while it codes a strip.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "additive_expert.hpp"
#include "bit_histories.hpp"
#include "codeword_tree.hpp"
#include "correction_table.hpp"
#include "map_rows.hpp"
#include "path_pattern.hpp"
#include "point_prediction.hpp"
#include "weight_rows.hpp"

namespace vqi {

struct MaxState {
  static constexpr std::size_t path_contexts = 26;
  static constexpr std::size_t flat_contexts = 6;
  static constexpr std::size_t predictions = 2;
  static constexpr std::size_t path_inputs = 64;
  static constexpr std::size_t flat_inputs = 16;
  static constexpr std::size_t mixers = 5;
  static constexpr std::size_t final_inputs = 8;
  static constexpr std::size_t flat_counts = 10;
  /// Tables with a row per node have this many; deeper nodes share them by their lowest bits.
  static constexpr std::uint32_t node_rows = 1024;
  static constexpr std::size_t step_row_size = ErrorRows::levels * distance_steps;

  MaxState(const CodewordTree& tree, std::size_t map_width)
      : rows(map_width),
        errors{ErrorRows(map_width), ErrorRows(map_width)},
        path_histories(path_contexts, BitHistories(32768)),
        flat_histories(flat_contexts, BitHistories(62000)),
        step_probabilities(predictions * node_rows * step_row_size, 32768),
        flat_weights(flat_counts, 16384),
        mixer_weights{Rows(rows_of(0, tree), 4681), Rows(rows_of(1, tree), 4681), Rows(rows_of(2, tree), 4681),
                      Rows(rows_of(3, tree), 4681), Rows(rows_of(4, tree), 4681)},
        final_weights(std::size_t{tree.depth()} * ErrorRows::levels, 13107),
        corrections{CorrectionTable(node_rows), CorrectionTable(PathPattern::count),
                    CorrectionTable(node_rows * ErrorRows::levels)} {}

  /// Memory of an object, in bytes.
  [[nodiscard]] static std::uint64_t size_bytes(const CodewordTree& tree, std::uint32_t map_width) noexcept {
    std::uint64_t weights = flat_counts * flat_inputs + std::uint64_t{tree.depth()} * ErrorRows::levels * final_inputs;
    for (std::size_t i = 0; i < mixers; ++i) weights += rows_of(i, tree) * path_inputs;
    return MapRows::size_bytes(map_width) + 2 * ErrorRows::size_bytes(map_width) +
           (path_contexts + flat_contexts) * BitHistories::size_bytes() + AdditiveExpert::size_bytes() +
           predictions * node_rows * step_row_size * sizeof(std::uint16_t) + weights * sizeof(std::int32_t) +
           CorrectionTable::size_bytes(node_rows + PathPattern::count + node_rows * ErrorRows::levels);
  }

 private:
  using Rows = WeightRows<path_inputs>;

  static std::size_t rows_of(std::size_t mixer, const CodewordTree& tree) noexcept {
    const std::array<std::size_t, mixers> counts{tree.depth() * std::size_t{ErrorRows::levels} * 3, node_rows,
                                                 PathPattern::count,
                                                 std::size_t{ErrorRows::levels} * ErrorRows::levels * 4, node_rows};
    return counts[mixer];
  }

 public:
  MapRows rows;
  std::array<ErrorRows, predictions> errors;
  std::vector<BitHistories> path_histories;
  std::vector<BitHistories> flat_histories;
  std::vector<std::uint16_t> step_probabilities;
  AdditiveExpert sums;
  WeightRows<flat_inputs> flat_weights;
  std::array<Rows, mixers> mixer_weights;
  WeightRows<final_inputs> final_weights;
  std::array<CorrectionTable, 3> corrections;
};

}  // namespace vqi
