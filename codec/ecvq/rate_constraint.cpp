// The passes over the map, the path of rising lambdas, smaller starts, and the default lambda.
//
// Choices are greedy, and overshoot where a bit is dear: from nearest codewords, where an index beside is always
// cheaper than a change, whole regions flow away, and the total is worse than at a smaller lambda. So lambda rises in
// steps from where it is harmless, each step begins with the indices of the step before, and the best of all by the
// lambda that is asked for is kept. The steps do not depend on that lambda, so two lambdas choose among nearly the same
// results, and the larger one never takes more bits. Where lambda is far above what suits K, a smaller K is the better
// start.
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
  [[nodiscard]] std::size_t tiles_of(std::size_t i) const noexcept {
    return tiles_across(rows(i)) * tiles_across(grid_.map_width());
  }
  [[nodiscard]] std::size_t first_tile(std::size_t i) const noexcept {
    return i * tiles_across(strip_rows_) * tiles_across(grid_.map_width());
  }
  [[nodiscard]] std::size_t tiles() const noexcept { return first_tile(size() - 1) + tiles_of(size() - 1); }
  [[nodiscard]] std::span<std::uint16_t> part(std::size_t i, std::span<std::uint16_t> map) const noexcept {
    return map.subspan(first_row(i) * grid_.map_width(), rows(i) * grid_.map_width());
  }

 private:
  const BlockGrid& grid_;
  std::uint32_t strip_rows_;
};

BalancedTables make_tables(const BlockGrid& grid, const SampleArray& codewords) {
  return BalancedTables(make_points(view_codebook(grid, codewords)));
}

/// Of a codebook as it is.
double codebook_bits(const SampleArray& codewords) { return 8.0 * static_cast<double>(codewords.bytes().size()); }

/// What indices cost, over the map and in each tile of each strip.
struct MapCosts {
  ConstraintRound sum;
  std::vector<StripChoice> tiles;
};

/// Passes after which half of the work is taken to be done, for progress.
constexpr double half_done = 2.5;

/// The passes over one map.
class MapPasses {
 public:
  MapPasses(const MapVectors& vectors, const RateConstraint& constraint, const Work& work)
      : vectors_(vectors), strips_(vectors.grid(), constraint.strip_rows), work_(work) {}

  /// Chooses all indices, or only prices them, as `plan` says.
  MapCosts run(const SampleArray& codewords, std::uint64_t lambda, const ChoicePlan& plan,
               std::span<std::uint16_t> indices) {
    const BlockGrid& grid = vectors_.grid();
    const ChoiceCodebook codebook(codewords, vectors_.space(), work_);
    const BalancedTables tables = make_tables(grid, codewords);
    MapCosts costs;
    costs.tiles.resize(strips_.tiles());
    std::vector<StripChoice> choices(strips_.size());
    work_.pool.for_each(strips_.size(), [&](std::size_t i) {
      std::vector<std::byte> samples;
      const StripVectors strip{grid.map_width(), strips_.rows(i), [&](std::size_t y, std::span<std::int32_t> row) {
                                 vectors_.read_row(strips_.first_row(i) + y, samples, row);
                               }};
      choices[i] = choose_indices(
          tables, codebook, lambda, plan, strip, strips_.part(i, indices),
          std::span(costs.tiles).subspan(strips_.first_tile(i), strips_.tiles_of(i)), [&](std::size_t count) {
            chosen_ += count;
            const double passes = static_cast<double>(chosen_) / static_cast<double>(grid.vector_count());
            work_.progress.report(1 - half_done / (half_done + passes));
            work_.progress.throw_if_cancelled();
          });
    });
    for (const StripChoice& choice : choices) {
      costs.sum.distortion_sq += static_cast<double>(choice.distortion_sq);
      costs.sum.bits += static_cast<double>(choice.price) / bit_cost_unit;
    }
    costs.sum.bits += codebook_bits(codewords);
    return costs;
  }

  /// Takes back the tiles of `changed` that cost more at `lambda` than in `before`. Returns what that saves, if tiles
  /// cost the same beside others.
  double take_back(double lambda, const MapCosts& earlier, std::span<const std::uint16_t> before, const MapCosts& later,
                   std::span<std::uint16_t> changed) const {
    const std::size_t width = vectors_.grid().map_width();
    const auto cost = [&](const StripChoice& tile) {
      return static_cast<double>(tile.distortion_sq) + lambda * static_cast<double>(tile.price) / bit_cost_unit;
    };
    double saved = 0;
    for (std::size_t i = 0; i < strips_.size(); ++i)
      for (std::size_t tile = 0; tile < strips_.tiles_of(i); ++tile) {
        const std::size_t at = strips_.first_tile(i) + tile;
        const double less = cost(later.tiles[at]) - cost(earlier.tiles[at]);
        if (less <= 0) continue;
        saved += less;
        const std::size_t x = tile % tiles_across(width) * tile_side;
        const std::size_t y = tile / tiles_across(width) * tile_side;
        for (std::size_t row = y; row < std::min(y + tile_side, strips_.rows(i)); ++row) {
          const std::size_t begin = (strips_.first_row(i) + row) * width + x;
          std::copy_n(before.begin() + static_cast<std::ptrdiff_t>(begin), std::min(tile_side, width - x),
                      changed.begin() + static_cast<std::ptrdiff_t>(begin));
        }
      }
    return saved;
  }

 private:
  const MapVectors& vectors_;
  Strips strips_;
  Work work_;
  std::atomic<std::uint64_t> chosen_{0};
};

/// Between 0.5 and 0.95, where the mean BD-rate on four images differs by less than one percentage point
/// (EXPERIMENTS.md, "ECVQ"). Noisy pictures are best at less, smooth ones at more.
constexpr double default_lambda_part = 0.65;
/// Flat screens take almost no bits for a vector, whatever K is.
constexpr double least_bits = 0.1;

/// The distortion that a smaller K would cost for each bit that it saves. Half the codewords give more distortion, by a
/// fixed part. They save 1 bit for each index if neighbours tell nothing of it. If neighbours tell much, so that an
/// index takes a part p of log2 K bits, they save about sqrt(p) bits.
double default_lambda(const ConstraintRound& start, const SampleArray& codewords, std::uint64_t vector_count) {
  const auto vectors = static_cast<double>(vector_count);
  const double bits = std::max((start.bits - codebook_bits(codewords)) / vectors, least_bits);
  const double bits_max =
      cluster::detail::log2_of_e * cluster::detail::portable_log(static_cast<double>(codewords.rows()));
  return default_lambda_part * start.distortion_sq / vectors * std::sqrt(bits_max / bits);
}

/// `lambda` in units of 1 / lambda_unit.
std::uint64_t lambda_units(double lambda) {
  return static_cast<std::uint64_t>(std::llround(std::min(lambda, lambda_max) * lambda_unit));
}

/// The constants of the path of lambdas, from five photographs and four screens at K = 4 to 256.
struct PathTuning {
  double first = 0.65;       ///< the first lambda of the path, in D of a vector: a pass there rarely overshoots
  double last_factor = 1.3;  ///< steps nearer than this to the lambda that is asked for are left out
  double negligible = 0.01;  ///< of what the bits cost: tiles that cost more than before stay where they waste less
  int worse_max = 2;         ///< passes in a row that do not improve the total end the path
  double strained = 10;      ///< lambda in first lambdas from where on a smaller K is tried as well,
  double strained_step = 3;  ///< the factor from one lambda to the next from there on,
  double hopeless = 2000;    ///< and lambda from where on no path is tried at this K
  std::uint32_t k_step = 4;  ///< factor from one K to the next smaller one
  int careful_passes = 3;    ///< with a quarter, a sixteenth ... of lambda, where nothing else has helped
};
constexpr PathTuning path;

/// Finds the result for one lambda.
class RateSearch {
 public:
  RateSearch(const MapVectors& vectors, const RateConstraint& constraint, const Work& work)
      : vectors_(vectors), constraint_(constraint), work_(work), passes_(vectors, constraint, work) {}

  ConstraintResult run(MapChoice& choice) {
    ConstraintResult result;
    MapChoice start = choice;
    MapCosts priced = price(start);
    const auto vectors = static_cast<double>(vectors_.grid().vector_count());
    const std::uint64_t lambda =
        lambda_units(constraint_.lambda ? *constraint_.lambda
                                        : default_lambda(priced.sum, start.codewords, vectors_.grid().vector_count()));
    lambda_ = result.lambda = static_cast<double>(lambda) / lambda_unit;
    if (lambda == 0) return result;
    best_ = &choice;
    least_ = priced.sum.cost(lambda_);
    result.rounds.push_back(priced.sum);
    const MapCosts first_costs = priced;
    for (;;) {
      const double first = path.first * priced.sum.distortion_sq / vectors;
      if (lambda_ <= path.hopeless * first) follow_path(start, priced, first, result);
      const auto k = static_cast<std::uint32_t>(start.codewords.rows());
      if (lambda_ <= path.strained * first || k == 1 || !constraint_.start_of) break;
      start = constraint_.start_of(static_cast<std::uint32_t>(divide_up(k, path.k_step)));
      priced = price(start);
      keep_if_better(start, priced.sum, result);
    }
    for (int i = 0; i < path.careful_passes && result.start_kept; ++i) {
      MapChoice moving = choice;
      MapCosts costs = first_costs;
      pass(std::ldexp(lambda_, -2 * (i + 1)), moving, costs, result);
    }
    return result;
  }

 private:
  /// What indices as they are cost.
  [[nodiscard]] MapCosts price(MapChoice& choice) {
    return passes_.run(choice.codewords, 0, {.finalists = 0}, choice.indices);
  }

  /// Takes passes from the start with lambdas from `first` on and then with the one that is asked for.
  void follow_path(const MapChoice& start, const MapCosts& priced, double first, ConstraintResult& result) {
    MapChoice moving = start;
    MapCosts costs = priced;
    int worse = 0;
    std::uint32_t passes = 0;
    const auto ended = [&] { return moving.codewords.rows() == 1 || worse == path.worse_max; };
    double step = constraint_.plan.lambda_step;
    for (double lambda = first; lambda * path.last_factor < lambda_ && !ended(); lambda *= step, ++passes) {
      worse = pass(lambda, moving, costs, result) ? 0 : worse + 1;
      if (lambda > path.strained * first) step = path.strained_step;
    }
    for (; !ended() && (passes < constraint_.plan.rounds || passes == 0); ++passes)
      worse = pass(lambda_, moving, costs, result) ? 0 : worse + 1;
  }

  /// Moves on by one pass, without the tiles that would cost more. True if the result is the best so far.
  bool pass(double lambda, MapChoice& moving, MapCosts& costs, ConstraintResult& result) {
    MapChoice changed = moving;
    MapCosts chosen = passes_.run(changed.codewords, lambda_units(lambda), constraint_.plan, changed.indices);
    MapChoice careful = changed;
    const double saved = passes_.take_back(lambda_, costs, moving.indices, chosen, careful.indices);
    if (saved > path.negligible * lambda_ * chosen.sum.bits) {
      MapCosts priced = price(careful);
      if (priced.sum.cost(lambda_) < chosen.sum.cost(lambda_)) {
        chosen = std::move(priced);
        changed = std::move(careful);
      }
    }
    moving = std::move(changed);
    costs = std::move(chosen);
    move_to_means(vectors_, moving.codewords, moving.indices, WorkPulse(work_.pool));
    return keep_if_better(moving, costs.sum, result);
  }

  bool keep_if_better(const MapChoice& tried, const ConstraintRound& round, ConstraintResult& result) {
    result.rounds.push_back(round);
    if (round.cost(lambda_) >= least_) return false;
    least_ = round.cost(lambda_);
    *best_ = tried;
    result.start_kept = false;
    return true;
  }

  const MapVectors& vectors_;
  const RateConstraint& constraint_;
  Work work_;
  MapPasses passes_;
  double lambda_ = 0;
  MapChoice* best_ = nullptr;
  double least_ = 0;
};

}  // namespace

ChoicePlan choice_plan_for(std::uint32_t effort) noexcept {
  if (effort <= 3) return {1, false, 4, 3};
  if (effort <= 6) return {2, true, 4, 2};
  return {4, true, 8, 1.5};
}

ConstraintResult constrain_rate(const MapVectors& vectors, const RateConstraint& constraint, MapChoice& choice,
                                const Work& work) {
  if (choice.codewords.rows() < 2 || constraint.lambda == 0.0) return {};
  return RateSearch(vectors, constraint, work).run(choice);
}

void choose_once(const MapVectors& seen, const MapVectors& vectors, double lambda, const RateConstraint& constraint,
                 MapChoice& choice, const Work& work) {
  MapPasses(seen, constraint, work).run(choice.codewords, lambda_units(lambda), constraint.plan, choice.indices);
  move_to_means(vectors, choice.codewords, choice.indices, WorkPulse(work.pool));
}

}  // namespace vqi::detail
