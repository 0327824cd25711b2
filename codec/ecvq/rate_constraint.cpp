// The passes over the map, the path of rising lambdas, smaller starts, and the default lambda.
//
// Choices are greedy, and overshoot where a bit is dear: from nearest codewords, where an index beside is always
// cheaper than a change, whole regions flow away, and the total is worse than at a smaller lambda. So up to the default
// lambda of the start, which does not depend on the lambda asked for, passes rise in steps that are fixed parts of it,
// each from the indices of the one before, and the best of all is kept.
//
// Above the default lambda there are rungs, each a fixed factor above the one before. The result at a rung follows from
// the result at the rung before, and costs less at the new lambda, takes no more bits, and has no less distortion. What
// is returned at a lambda between two rungs lies between their results. So bytes fall and the distortion rises with
// lambda, apart from what the coder and codewords that move add. Where lambda is far above what suits K, a smaller K is
// the better start: a rival climbs the same rungs, and is taken at a rung if it keeps the same rule.
#include "rate_constraint.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <utility>
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
double rounded(double lambda) { return static_cast<double>(lambda_units(lambda)) / lambda_unit; }

/// The constants of the path of lambdas, from five photographs and four screens at K = 4 to 256.
struct PathTuning {
  double first = 0.65;       ///< where the path to the default lambda begins, in D of a vector: a pass there rarely
                             ///< overshoots
  double last_factor = 1.3;  ///< steps nearer than this to the default lambda are left out
  double negligible = 0.01;  ///< of what the bits cost: tiles that cost more than before stay where they waste less
  int worse_max = 2;         ///< passes in a row that do not improve the total end the path
  int careful_passes = 3;    ///< with a quarter, a sixteenth ... of lambda, where nothing else has helped
  double rung_part = 0.7;    ///< of a rung, for its pass: one at the whole overshoots more
  double strained = 10;      ///< rung in first lambdas from where on a smaller K is tried as well
  std::uint32_t k_step = 4;  ///< factor from one K to the next smaller one
  double distortion_slack = 0.005;  ///< part by which the distortion may fall from one rung to the next
};
constexpr PathTuning path;

/// Finds the result for one lambda.
class RateSearch {
 public:
  RateSearch(const MapVectors& vectors, const RateConstraint& constraint, const Work& work)
      : vectors_(vectors), constraint_(constraint), work_(work), passes_(vectors, constraint, work) {}

  ConstraintResult run(MapChoice& choice) {
    MapCosts priced = price(choice);
    const double usual = result_.default_lambda =
        rounded(default_lambda(priced.sum, choice.codewords, vectors_.grid().vector_count()));
    const double lambda = result_.lambda = constraint_.lambda ? rounded(*constraint_.lambda) : usual;
    if (lambda == 0) return result_;
    result_.rounds.push_back(priced.sum);
    const double first = first_lambda(priced.sum);
    const auto k = static_cast<std::uint32_t>(choice.codewords.rows());
    follow_path(choice, priced, first / usual, std::min(lambda, usual));
    if (lambda > usual) climb(choice, k, first, std::max(usual, 1.0 / lambda_unit), lambda);
    return result_;
  }

 private:
  /// What indices as they are cost.
  [[nodiscard]] MapCosts price(MapChoice& choice) {
    return passes_.run(choice.codewords, 0, {.finalists = 0}, choice.indices);
  }
  void move(MapChoice& choice) { move_to_means(vectors_, choice.codewords, choice.indices, WorkPulse(work_.pool)); }
  [[nodiscard]] double first_lambda(const ConstraintRound& start) const {
    return path.first * start.distortion_sq / static_cast<double>(vectors_.grid().vector_count());
  }

  /// Takes passes from the start `best` with lambdas from `first_part` of `lambda` on, then with lambda, and keeps the
  /// best.
  void follow_path(MapChoice& best, const MapCosts& priced, double first_part, double lambda) {
    if (lambda == 0) return;
    double least = priced.sum.cost(lambda);
    MapChoice moving = best;
    MapCosts costs = priced;
    int worse = 0;
    std::uint32_t passes = 0;
    const auto pass_at = [&](double step_lambda) {
      pass(step_lambda, lambda, moving, costs);
      const double cost = costs.sum.cost(lambda);
      ++worse;
      if (cost >= least) return;
      worse = 0;
      least = cost;
      best = moving;
      result_.start_kept = false;
    };
    const auto ended = [&] { return moving.codewords.rows() == 1 || worse == path.worse_max; };
    for (double part = first_part; part * path.last_factor < 1 && !ended();
         part *= constraint_.plan.lambda_step, ++passes)
      pass_at(part * lambda);
    for (; !ended() && (passes < constraint_.plan.rounds || passes == 0); ++passes) pass_at(lambda);
    for (int i = 0; i < path.careful_passes && result_.start_kept; ++i) {
      moving = best;
      costs = priced;
      pass_at(std::ldexp(lambda, -2 * (i + 1)));
    }
  }

  /// Moves on by one pass, without the tiles that would cost more at `lambda`.
  void pass(double step_lambda, double lambda, MapChoice& moving, MapCosts& costs) {
    MapChoice changed = moving;
    MapCosts chosen = passes_.run(changed.codewords, lambda_units(step_lambda), constraint_.plan, changed.indices);
    MapChoice careful = changed;
    const double saved = passes_.take_back(lambda, costs, moving.indices, chosen, careful.indices);
    if (saved > path.negligible * lambda * chosen.sum.bits) {
      MapCosts priced = price(careful);
      if (priced.sum.cost(lambda) < chosen.sum.cost(lambda)) {
        chosen = std::move(priced);
        changed = std::move(careful);
      }
    }
    moving = std::move(changed);
    costs = std::move(chosen);
    move(moving);
    result_.rounds.push_back(costs.sum);
  }

  /// A result that rungs move on from.
  struct Standing {
    MapChoice choice;
    MapCosts costs;
    bool is_start = false;
  };

  /// From the result at `rung`, the default lambda, to the one at `lambda`, by rungs that do not depend on it. Between
  /// two rungs tiles go over from one to the next, each where it costs less at `lambda`.
  void climb(MapChoice& choice, std::uint32_t k, double first, double rung, double lambda) {
    Standing best{std::move(choice), {}, result_.start_kept};
    best.costs = price(best.choice);
    Standing rival;  // from a smaller K
    bool between = false;
    while (rung < lambda && !between && best.choice.codewords.rows() > 1) {
      rung *= constraint_.plan.lambda_step;
      between = lambda < rung;
      Standing next = best;
      if (rival.choice.indices.empty() && rung > path.strained * first && k > 1 && constraint_.start_of) {
        k = static_cast<std::uint32_t>(divide_up(k, path.k_step));
        rival.choice = constraint_.start_of(k);
        rival.costs = price(rival.choice);
        first = first_lambda(rival.costs.sum);
      }
      const ConstraintRound before = best.costs.sum;
      move_on(next, rung, between ? &best : nullptr, lambda);
      if (!rival.choice.indices.empty()) {
        move_on(rival, rung, nullptr, rung);
        const bool is_better = rival.costs.sum.cost(rung) < next.costs.sum.cost(rung);
        if (is_better && is_above(rival.costs.sum, before)) next = std::exchange(rival, {});
        if (rival.costs.sum.bits >= next.costs.sum.bits) rival = {};
      }
      if (!between || !is_above(next.costs.sum, best.costs.sum) ||
          next.costs.sum.cost(lambda) < best.costs.sum.cost(lambda))
        best = std::move(next);
    }
    choice = std::move(best.choice);
    result_.start_kept = best.is_start;
  }

  /// True if `round` may be the result of a larger lambda than `before`.
  [[nodiscard]] static bool is_above(const ConstraintRound& round, const ConstraintRound& before) noexcept {
    return round.bits <= before.bits && round.distortion_sq >= (1 - path.distortion_slack) * before.distortion_sq;
  }

  /// Moves `standing` on by a pass at `rung`, taken wholly or without the tiles that would cost more, if that costs
  /// less. Gives `below`, which is the same at first and may be missing, the tiles that cost less at `lambda`.
  void move_on(Standing& standing, double rung, Standing* below, double lambda) {
    if (standing.choice.codewords.rows() == 1) return;
    const ConstraintRound before = standing.costs.sum;
    MapChoice changed = standing.choice;
    const MapCosts chosen =
        passes_.run(changed.codewords, lambda_units(path.rung_part * rung), constraint_.plan, changed.indices);
    if (changed.indices == standing.choice.indices) return;
    const auto mix = [&](double at, MapChoice& mixed) {
      return passes_.take_back(at, standing.costs, standing.choice.indices, chosen, mixed.indices);
    };
    if (below != nullptr) {
      MapChoice between = changed;
      mix(lambda, between);
      improve(*below, std::move(between), lambda, before);
    }
    MapChoice mixed = changed;
    const bool is_mixed = mix(rung, mixed) > path.negligible * rung * chosen.sum.bits;
    if (!is_mixed || chosen.sum.cost(rung) < before.cost(rung)) improve(standing, std::move(changed), rung, before);
    if (is_mixed) improve(standing, std::move(mixed), rung, before);
  }

  /// Takes `tried` in place of `best` if it costs less at `lambda`, and may follow `before`.
  void improve(Standing& best, MapChoice tried, double lambda, const ConstraintRound& before) {
    move(tried);
    MapCosts priced = price(tried);
    result_.rounds.push_back(priced.sum);
    if (priced.sum.cost(lambda) >= best.costs.sum.cost(lambda) || !is_above(priced.sum, before)) return;
    best = {std::move(tried), std::move(priced), false};
  }

  const MapVectors& vectors_;
  const RateConstraint& constraint_;
  Work work_;
  MapPasses passes_;
  ConstraintResult result_;
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
