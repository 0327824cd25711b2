// constrain_rate: entropy-constrained vector quantization of a map, starting from nearest codewords.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "index_choice.hpp"
#include "large_memory.hpp"
#include "map_passes.hpp"
#include "map_vectors.hpp"
#include "sample_array.hpp"
#include "work.hpp"

namespace vqi::detail {

/// A codebook and the index of each vector of a map.
struct MapChoice {
  SampleArray codewords;
  LargeVector<std::uint16_t> indices;
};

struct RateConstraint {
  std::optional<double> lambda;  ///< squared code values per bit, 0..lambda_max; none: default_lambda
  std::uint32_t strip_rows = 1;  ///< rows of the map that are coded on their own
  ChoicePlan plan;
  /// Nearest codewords for a smaller K, from which a search begins as well where lambda is large; may be empty.
  std::function<MapChoice(std::uint32_t k)> start_of = {};
};

/// The most index maps that constrain_rate holds at once, the result included,
inline constexpr std::uint64_t constraint_maps_max = 8;
/// and the most that RungMemory holds.
inline constexpr std::uint64_t rung_maps_max = 3;

struct ConstraintResult {
  double lambda = 0;          ///< that was used
  double default_lambda = 0;  ///< the one without a lambda
  bool start_kept = true;     ///< nothing cost less than the start, or lambda is 0: nothing has changed
  /// The start, and each result of a pass that was judged; up to the default lambda before codewords moved.
  std::vector<ConstraintRound> rounds;
};

/// A map on its way to larger lambdas.
struct StandingChoice {
  MapChoice choice;
  MapCosts costs;
  bool is_start = false;
};

/// Where the way above the default lambda has come to.
struct Rung {
  double lambda = 0;
  StandingChoice best;
  StandingChoice rival;     ///< from a smaller K; has no indices where there is none
  std::uint32_t k = 1;      ///< of the smallest start
  double first_lambda = 0;  ///< of that start
  ConstraintResult result;  ///< so far
};

/// What calls of constrain_rate that differ in lambda alone need not find again. Calls with another start or another
/// constraint need an empty one.
struct RungMemory {
  std::optional<Rung> usual;  ///< at the default lambda
  std::optional<Rung> last;   ///< the highest one that the last call passed
};

/// Lowers D + lambda R in passes: each vector of the map chooses its index (choose_indices), then codewords move to the
/// means of their vectors, and codewords without vectors are left out. Chou, Lookabaugh and Gray, "Entropy-constrained
/// vector quantization", IEEE Trans. ASSP 37(1), 1989, with the code lengths of an adaptive model that knows the
/// neighbours. `choice` holds the start, which is the nearest codeword for each vector, and then the result. Up to the
/// default lambda that is the pass with the least D + lambda R, as priced before its codewords moved, or the start;
/// above it, bits fall and the distortion rises with lambda (to half a percent between rungs that are a factor
/// lambda_step apart). With a lambda of 0 there are no passes. A pass takes about a microsecond for a vector; there are
/// two or three up to the default lambda, and one for each doubling above it at effort 5, two where a smaller K is
/// tried as well. With a `memory` it begins at the highest rung that is known, with the same result.
ConstraintResult constrain_rate(const MapVectors& vectors, const RateConstraint& constraint, MapChoice& choice,
                                const Work& work, RungMemory* memory = nullptr);

/// One pass at `lambda`, in the units of a RateConstraint's: indices are chosen for the vectors of `seen`, which may be
/// others than `vectors`, and codewords move to the means of `vectors`. Of `constraint` the strips and the plan count.
void choose_once(const MapVectors& seen, const MapVectors& vectors, double lambda, const RateConstraint& constraint,
                 MapChoice& choice, const Work& work);

/// The plan of an effort, 1 to 9.
[[nodiscard]] ChoicePlan choice_plan_for(std::uint32_t effort) noexcept;

}  // namespace vqi::detail
