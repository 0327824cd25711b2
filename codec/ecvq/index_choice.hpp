// choose_indices: the indices of a strip that cost little distortion and few bits together.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

#include "balanced_strip.hpp"
#include "choice_codebook.hpp"

namespace vqi::detail {

/// The price of a bit in distortion, lambda, is a multiple of 1 / lambda_unit of a squared code value.
inline constexpr std::uint64_t lambda_unit = 256;
/// In squared code values, about as far as two 16-bit pixels can be apart: sums of distances and prices stay below
/// 2^63.
inline constexpr double lambda_max = 1e10;

/// How thoroughly indices are chosen.
struct ChoicePlan {
  std::uint32_t rounds = 1;   ///< passes, each followed by moving codewords to their means
  bool ahead_below = false;   ///< look ahead to the vector below, too, not only to the next one
  std::size_t finalists = 1;  ///< candidates for which it is looked ahead; 0: indices stay, and are priced
};

/// What a strip came to.
struct StripChoice {
  std::uint64_t distortion_sq = 0;  ///< sum of squared distances to the chosen codewords
  std::uint64_t price = 0;          ///< what the indices cost the model "balanced", in 1 / bit_cost_unit bit
};

/// A strip's vectors, row by row.
struct StripVectors {
  std::size_t width = 1;
  std::size_t rows = 1;
  /// Puts the coordinates of row y's vectors, (width, dimension), into `coordinates`.
  std::function<void(std::size_t y, std::span<std::int32_t> coordinates)> read_row;
};

/// Improves `indices`, those of a strip, in coding order: each vector takes the index whose squared distance and price
/// are least together, the price being what the model "balanced" asks given all indices before, plus that of the
/// vectors next to it that come later, as far as `plan` looks ahead. `lambda` is in 1 / lambda_unit. `between_rows` is
/// called between rows.
[[nodiscard]] StripChoice choose_indices(const BalancedCodebook& model, const ChoiceCodebook& codebook,
                                         std::uint64_t lambda, const ChoicePlan& plan, const StripVectors& vectors,
                                         std::span<std::uint16_t> indices, const RowHook& between_rows);

}  // namespace vqi::detail
