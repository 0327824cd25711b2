// choose_indices: indices of a strip for which distortion and bits together cost little.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

#include "balanced_tables.hpp"
#include "choice_codebook.hpp"
#include "index_model.hpp"

namespace vqi::detail {

/// The price of a bit in distortion, lambda, is a multiple of 1 / lambda_unit of a squared code value.
inline constexpr std::uint64_t lambda_unit = 256;
/// In squared code values; about the squared distance that two 16-bit pixels can have. Sums of distances and prices
/// stay below 2^63.
inline constexpr double lambda_max = 1e10;

/// The most candidates to look ahead for.
inline constexpr std::size_t finalists_max = 8;

/// How thoroughly indices are chosen.
struct ChoicePlan {
  std::uint32_t rounds = 1;   ///< passes at least, each of which ends with moving codewords to their means
  bool ahead_below = false;   ///< look ahead to the vector below as well, not only to the next one
  std::size_t finalists = 1;  ///< candidates to look ahead for, up to finalists_max; 0: keep indices, only price them
  double lambda_step = 2;     ///< factor from one lambda to the next where lambda rises from pass to pass
};

/// The result for a strip.
struct StripChoice {
  std::uint64_t distortion_sq = 0;  ///< sum of squared distances to the chosen codewords
  std::uint64_t price = 0;          ///< of the indices by the model "balanced", in 1 / bit_cost_unit bit
};

/// The side of the squares of vectors whose costs are told apart.
inline constexpr std::size_t tile_side = 16;
[[nodiscard]] constexpr std::size_t tiles_across(std::size_t vectors) noexcept {
  return (vectors + tile_side - 1) / tile_side;
}

/// A strip's vectors, row by row.
struct StripVectors {
  std::size_t width = 1;
  std::size_t rows = 1;
  /// Puts the coordinates of row y's vectors, (width, dimension), into `coordinates`.
  std::function<void(std::size_t y, std::span<std::int32_t> coordinates)> read_row;
};

/// Takes the number of vectors that were chosen.
using ChosenHook = std::function<void(std::size_t vectors)>;
inline constexpr std::size_t chosen_max = 512;

/// Improves the `indices` of a strip in coding order. Each vector takes the index with the least squared
/// distance + lambda * price. The price is the one of the model "balanced" after all indices before, and includes the
/// effect on the later vectors that `plan` looks ahead to. `lambda` is in 1 / lambda_unit. `tiles`, zero at first, gets
/// the sums over each square of tile_side vectors, row by row of squares. Calls `on_chosen`, which may throw and may be
/// empty, with the number of vectors chosen since the last call: at each row's end, and in rows of more than chosen_max
/// vectors after so many.
[[nodiscard]] StripChoice choose_indices(const BalancedTables& tables, const ChoiceCodebook& codebook,
                                         std::uint64_t lambda, const ChoicePlan& plan, const StripVectors& vectors,
                                         std::span<std::uint16_t> indices, std::span<StripChoice> tiles,
                                         const ChosenHook& on_chosen);

}  // namespace vqi::detail
