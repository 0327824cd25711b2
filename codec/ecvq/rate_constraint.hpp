// constrain_rate: entropy-constrained vector quantization of a map, starting from nearest codewords.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "index_choice.hpp"
#include "map_vectors.hpp"
#include "sample_array.hpp"
#include "work.hpp"

namespace vqi::detail {

struct RateConstraint {
  std::optional<double> lambda;  ///< squared code values per bit, 0..lambda_max; none: default_lambda
  std::uint32_t strip_rows = 1;  ///< rows of the map that are coded on their own
  ChoicePlan plan;
};

/// D and R of indices, and what they come to.
struct ConstraintRound {
  double distortion_sq = 0;  ///< sum of squared distances, before codewords moved
  double bits = 0;           ///< what the indices cost the model "balanced"
  [[nodiscard]] double cost(double lambda) const noexcept { return distortion_sq + lambda * bits; }
};

struct ConstraintResult {
  double lambda = 0;                    ///< the one used
  std::vector<ConstraintRound> rounds;  ///< the start, then each round
};

/// Lowers D + lambda R: in rounds, each vector of the map chooses its index (choose_indices), codewords move to the
/// means of those that chose them, and those that nobody chose are left out. Chou, Lookabaugh and Gray,
/// "Entropy-constrained vector quantization", IEEE Trans. ASSP 37(1), 1989, with the code lengths of an adaptive model
/// that knows the neighbours. `codewords` and `indices` hold the start, the nearest codeword for each vector, and the
/// result: that of the round with the least D + lambda R, as priced before its codewords moved, or the start. With a
/// lambda of 0 there are no rounds.
ConstraintResult constrain_rate(const MapVectors& vectors, const RateConstraint& constraint, SampleArray& codewords,
                                std::span<std::uint16_t> indices, const Work& work);

/// By effort 1 to 9.
[[nodiscard]] ChoicePlan choice_plan_for(std::uint32_t effort) noexcept;

}  // namespace vqi::detail
