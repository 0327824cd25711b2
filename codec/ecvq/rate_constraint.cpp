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
// the better start: a rival climbs the same rungs, and is taken at a rung if it keeps the same rule. Rungs do not
// depend on the lambda asked for, so that a RungMemory carries them from call to call.
#include "rate_constraint.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "cell_means.hpp"
#include "integer.hpp"
#include "map_passes.hpp"
#include "portable_math.hpp"

namespace vqi::detail {
namespace {

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
  RateSearch(const MapVectors& vectors, const RateConstraint& constraint, const Work& work, RungMemory& memory)
      : vectors_(vectors),
        constraint_(constraint),
        work_(work),
        passes_(vectors, constraint.strip_rows, work),
        memory_(memory) {}

  ConstraintResult run(MapChoice& choice) {
    if (memory_.usual && constraint_.lambda && rounded(*constraint_.lambda) > memory_.usual->lambda)
      return climb(choice, rounded(*constraint_.lambda));
    MapCosts priced = price(choice);
    const double usual = result_.default_lambda =
        rounded(default_lambda(priced.sum, choice.codewords, vectors_.grid().vector_count()));
    const double lambda = result_.lambda = constraint_.lambda ? rounded(*constraint_.lambda) : usual;
    if (lambda == 0) return result_;
    result_.rounds.push_back(priced.sum);
    const double first = first_lambda(priced.sum);
    const auto k = static_cast<std::uint32_t>(choice.codewords.rows());
    follow_path(choice, priced, first / usual, std::min(lambda, usual));
    if (lambda <= usual) return result_;
    StandingChoice best{std::move(choice), {}, result_.start_kept};
    best.costs = price(best.choice);
    memory_.usual = Rung{std::max(usual, 1.0 / lambda_unit), std::move(best), {}, k, first, result_};
    memory_.last.reset();
    return climb(choice, lambda);
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

  /// From the highest rung known to the one at `lambda`, by rungs that do not depend on it. Between two rungs tiles go
  /// over from one to the next, each where it costs less at `lambda`.
  ConstraintResult climb(MapChoice& choice, double lambda) {
    choice = {};  // a start that was climbed from before only takes memory
    Rung at = memory_.last && memory_.last->lambda < lambda ? *memory_.last : *memory_.usual;
    bool between = false;
    while (at.lambda < lambda && !between && at.best.choice.codewords.rows() > 1) {
      if (at.lambda > memory_.usual->lambda) memory_.last = at;
      at.lambda *= constraint_.plan.lambda_step;
      between = lambda < at.lambda;
      if (!has_rival(at) && at.lambda > path.strained * at.first_lambda && at.k > 1 && constraint_.start_of) {
        at.k = static_cast<std::uint32_t>(divide_up(at.k, path.k_step));
        at.rival = {constraint_.start_of(at.k), {}, false};
        at.rival.costs = price(at.rival.choice);
        at.first_lambda = first_lambda(at.rival.costs.sum);
      }
      climb_step(at, between, lambda);
    }
    choice = std::move(at.best.choice);
    at.result.lambda = lambda;
    at.result.start_kept = at.best.is_start;
    return std::move(at.result);
  }

  [[nodiscard]] static bool has_rival(const Rung& at) noexcept { return !at.rival.choice.indices.empty(); }

  /// To the rung at `at.lambda`, or to `lambda`, which is between the rung before and this one.
  void climb_step(Rung& at, bool between, double lambda) {
    StandingChoice next = at.best;
    const ConstraintRound before = at.best.costs.sum;
    std::array<std::vector<ConstraintRound>, 2> rounds;
    const auto move_on_either = [&](std::size_t i) {
      if (i == 0)
        move_on(next, at.lambda, between ? &at.best : nullptr, lambda, rounds[0]);
      else
        move_on(at.rival, at.lambda, nullptr, at.lambda, rounds[1]);
    };
    work_.pool.for_each(has_rival(at) ? 2 : 1, move_on_either);
    for (const std::vector<ConstraintRound>& some : rounds)
      at.result.rounds.insert(at.result.rounds.end(), some.begin(), some.end());
    if (has_rival(at)) {
      const bool is_better = at.rival.costs.sum.cost(at.lambda) < next.costs.sum.cost(at.lambda);
      if (is_better && is_above(at.rival.costs.sum, before)) next = std::exchange(at.rival, {});
      if (at.rival.costs.sum.bits >= next.costs.sum.bits) at.rival = {};
    }
    if (!between || !is_above(next.costs.sum, at.best.costs.sum) ||
        next.costs.sum.cost(lambda) < at.best.costs.sum.cost(lambda))
      at.best = std::move(next);
  }

  /// True if `round` may be the result of a larger lambda than `before`.
  [[nodiscard]] static bool is_above(const ConstraintRound& round, const ConstraintRound& before) noexcept {
    return round.bits <= before.bits && round.distortion_sq >= (1 - path.distortion_slack) * before.distortion_sq;
  }

  /// Something that may take the place of a choice, if it costs less at `lambda`.
  struct Offer {
    StandingChoice* place = nullptr;
    double lambda = 0;
    MapChoice choice;
    MapCosts costs;
  };

  /// Moves `standing` on by a pass at `rung`, taken wholly or without the tiles that would cost more, if that costs
  /// less. Gives `below`, which is the same at first and may be missing, the tiles that cost less at `lambda`.
  void move_on(StandingChoice& standing, double rung, StandingChoice* below, double lambda,
               std::vector<ConstraintRound>& rounds) {
    if (standing.choice.codewords.rows() == 1) return;
    const ConstraintRound before = standing.costs.sum;
    MapChoice changed = standing.choice;
    const MapCosts chosen =
        passes_.run(changed.codewords, lambda_units(path.rung_part * rung), constraint_.plan, changed.indices);
    if (changed.indices == standing.choice.indices) return;
    const auto mix = [&](double at, MapChoice& mixed) {
      return passes_.take_back(at, standing.costs, standing.choice.indices, chosen, mixed.indices);
    };
    std::vector<Offer> offers;
    if (below != nullptr) {
      offers.push_back({below, lambda, changed, {}});
      mix(lambda, offers.back().choice);
    }
    MapChoice mixed = changed;
    const bool is_mixed = mix(rung, mixed) > path.negligible * rung * chosen.sum.bits;
    if (!is_mixed || chosen.sum.cost(rung) < before.cost(rung))
      offers.push_back({&standing, rung, std::move(changed), {}});
    if (is_mixed) offers.push_back({&standing, rung, std::move(mixed), {}});
    work_.pool.for_each(offers.size(), [&](std::size_t i) {
      move(offers[i].choice);
      offers[i].costs = price(offers[i].choice);
    });
    for (Offer& offer : offers) {
      rounds.push_back(offer.costs.sum);
      const bool is_less = offer.costs.sum.cost(offer.lambda) < offer.place->costs.sum.cost(offer.lambda);
      if (is_less && is_above(offer.costs.sum, before))
        *offer.place = {std::move(offer.choice), std::move(offer.costs), false};
    }
  }

  const MapVectors& vectors_;
  const RateConstraint& constraint_;
  Work work_;
  MapPasses passes_;
  RungMemory& memory_;
  ConstraintResult result_;
};

}  // namespace

ChoicePlan choice_plan_for(std::uint32_t effort) noexcept {
  if (effort <= 3) return {1, false, 4, 3};
  if (effort <= 6) return {2, true, 4, 2};
  return {4, true, 8, 1.5};
}

ConstraintResult constrain_rate(const MapVectors& vectors, const RateConstraint& constraint, MapChoice& choice,
                                const Work& work, RungMemory* memory) {
  if (choice.codewords.rows() < 2 || constraint.lambda == 0.0) return {};
  RungMemory own;
  return RateSearch(vectors, constraint, work, memory != nullptr ? *memory : own).run(choice);
}

void choose_once(const MapVectors& seen, const MapVectors& vectors, double lambda, const RateConstraint& constraint,
                 MapChoice& choice, const Work& work) {
  MapPasses(seen, constraint.strip_rows, work)
      .run(choice.codewords, lambda_units(lambda), constraint.plan, choice.indices);
  move_to_means(vectors, choice.codewords, choice.indices, WorkPulse(work.pool));
}

}  // namespace vqi::detail
