// The passes over the map, the rounds, and the default lambda.
#include "rate_constraint.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <vector>

#include "bit_cost.hpp"
#include "cell_means.hpp"
#include "codeword_points.hpp"
#include "integer.hpp"
#include "portable_math.hpp"

namespace vqi::detail {
namespace {

/// The strips of a map.
class Strips {
 public:
  Strips(const BlockGrid& grid, std::uint32_t strip_rows) : grid_(grid), strip_rows_(strip_rows) {}

  [[nodiscard]] std::size_t size() const noexcept { return divide_up(grid_.map_height(), strip_rows_); }
  [[nodiscard]] std::size_t first_row(std::size_t i) const noexcept { return i * strip_rows_; }
  [[nodiscard]] std::size_t rows(std::size_t i) const noexcept {
    return std::min<std::size_t>(strip_rows_, grid_.map_height() - first_row(i));
  }
  [[nodiscard]] std::span<std::uint16_t> part(std::size_t i, std::span<std::uint16_t> map) const noexcept {
    return map.subspan(first_row(i) * grid_.map_width(), rows(i) * grid_.map_width());
  }

 private:
  const BlockGrid& grid_;
  std::uint32_t strip_rows_;
};

BalancedTables make_tables(const BlockGrid& grid, const SampleArray& codewords) {
  const std::vector<std::uint16_t> samples = wide_samples(codewords);
  return BalancedTables(make_points(view_codebook(grid, samples)));
}

/// The passes over one map.
class MapPasses {
 public:
  MapPasses(const MapVectors& vectors, const RateConstraint& constraint, const Work& work)
      : vectors_(vectors),
        strips_(vectors.grid(), constraint.strip_rows),
        passes_(constraint.plan.rounds + 1),
        work_(work) {}

  /// Chooses all indices, or only prices them, as `plan` says.
  ConstraintRound run(const SampleArray& codewords, std::uint64_t lambda, const ChoicePlan& plan,
                      std::span<std::uint16_t> indices) {
    const BlockGrid& grid = vectors_.grid();
    const ChoiceCodebook codebook(codewords, vectors_.space(), work_);
    const BalancedTables tables = make_tables(grid, codewords);
    std::vector<StripChoice> choices(strips_.size());
    work_.pool.for_each(strips_.size(), [&](std::size_t i) {
      std::vector<std::byte> samples;
      const StripVectors strip{grid.map_width(), strips_.rows(i), [&](std::size_t y, std::span<std::int32_t> row) {
                                 vectors_.read_row(strips_.first_row(i) + y, samples, row);
                               }};
      choices[i] = choose_indices(tables, codebook, lambda, plan, strip, strips_.part(i, indices), [&] {
        work_.progress.report(static_cast<double>(++rows_done_) / (double{1} * grid.map_height() * passes_));
        work_.progress.throw_if_cancelled();
      });
    });
    ConstraintRound sum;
    for (const StripChoice& choice : choices) {
      sum.distortion_sq += static_cast<double>(choice.distortion_sq);
      sum.bits += static_cast<double>(choice.price) / bit_cost_unit;
    }
    return sum;
  }

 private:
  const MapVectors& vectors_;
  Strips strips_;
  std::uint32_t passes_;
  const Work work_;
  std::atomic<std::uint64_t> rows_done_{0};
};

/// Between 0.5 and 0.95, where the mean BD-rate on four images differs by less than one percentage point
/// (EXPERIMENTS.md, "ECVQ"). Noisy pictures are best at less, smooth ones at more.
constexpr double default_lambda_part = 0.65;
/// Flat screens take almost no bits for a vector, whatever K is.
constexpr double least_bits = 0.1;

/// The distortion that a smaller K would cost for each bit that it saves. Half the codewords give more distortion, by a
/// fixed part. They save 1 bit for each index if neighbours tell nothing of it. If neighbours tell much, so that an
/// index takes a part p of log2 K bits, they save about sqrt(p) bits.
double default_lambda(const ConstraintRound& start, std::size_t codeword_count, std::uint64_t vector_count) {
  const auto vectors = static_cast<double>(vector_count);
  const double bits = std::max(start.bits / vectors, least_bits);
  const double bits_max =
      cluster::detail::log2_of_e * cluster::detail::portable_log(static_cast<double>(codeword_count));
  return default_lambda_part * start.distortion_sq / vectors * std::sqrt(bits_max / bits);
}

/// `lambda` in units of 1 / lambda_unit.
std::uint64_t lambda_units(double lambda) {
  return static_cast<std::uint64_t>(std::llround(std::min(lambda, lambda_max) * lambda_unit));
}

}  // namespace

ChoicePlan choice_plan_for(std::uint32_t effort) noexcept {
  if (effort <= 3) return {1, false, 4};
  if (effort <= 6) return {2, true, 4};
  return {4, true, 8};
}

ConstraintResult constrain_rate(const MapVectors& vectors, const RateConstraint& constraint, SampleArray& codewords,
                                std::span<std::uint16_t> indices, const Work& work) {
  ConstraintResult result;
  if (codewords.rows() < 2 || constraint.lambda == 0.0) return result;
  MapPasses passes(vectors, constraint, work);
  result.rounds.push_back(passes.run(codewords, 0, {0, false, 0}, indices));
  const std::uint64_t lambda = lambda_units(
      constraint.lambda ? *constraint.lambda
                        : default_lambda(result.rounds[0], codewords.rows(), vectors.grid().vector_count()));
  result.lambda = static_cast<double>(lambda) / lambda_unit;
  if (lambda == 0) return result;

  double least = result.rounds[0].cost(result.lambda);
  SampleArray moving = codewords;
  std::vector<std::uint16_t> choosing(indices.begin(), indices.end());
  for (std::uint32_t round = 0; round < constraint.plan.rounds && moving.rows() > 1; ++round) {
    const ConstraintRound chosen = passes.run(moving, lambda, constraint.plan, choosing);
    result.rounds.push_back(chosen);
    move_to_means(vectors, moving, choosing);
    if (chosen.cost(result.lambda) > least) continue;
    least = chosen.cost(result.lambda);
    codewords = moving;
    std::copy(choosing.begin(), choosing.end(), indices.begin());
  }
  return result;
}

}  // namespace vqi::detail
