// Secants in ln K, then in ln lambda, then steps of both along the bound, each with a bounded number of trials.
#include "lambda_search.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace vqi::detail {
namespace {

/// The constants of the search. Slopes and tolerances are the caller's; these only bound steps, so that a search whose
/// slopes are wrong ends all the same.
struct LambdaTuning {
  int k_steps_max;           ///< trials that move K alone
  int lambda_steps_max;      ///< trials that move lambda at one K
  int along_steps_max;       ///< steps in one direction along the bound
  std::uint32_t end_step;    ///< factor of K while nothing meets the bound
  int trials_max;            ///< trials in all, once one meets the bound: with probes no more than 8 encodes take
  double near_after_trials;  ///< in near_enough: how near that one has to be,
  int more_trials;           ///< and how many more are made else, until lambda is in reach of the bound
  double lambda_reach;       ///< residuals that this factor of lambda makes up for are left to lambda
  int miss_steps_max;        ///< steps of K alone from a point that misses the bound by little,
  int fill_steps_max;        ///< and from the best one, to fill what a jump over lambda left
  double along_factor;   ///< of lambda, between points along the bound; files of two such points differ by some percent
  double slope_trust;    ///< measured slopes are believed within this factor of the expected ones
  double k_step_max;     ///< factor of K of one step
  double aim;            ///< in near_enough: how far inside the bound lambda aims,
  double aim_tolerance;  ///< and how near to that aim it stops
};

constexpr LambdaTuning tuning{.k_steps_max = 6,
                              .lambda_steps_max = 4,
                              .along_steps_max = 3,
                              .end_step = 4,
                              .trials_max = 6,
                              .near_after_trials = 5,
                              .more_trials = 3,
                              .lambda_reach = 1.4,
                              .miss_steps_max = 2,
                              .fill_steps_max = 3,
                              .along_factor = 1.6,
                              .slope_trust = 4,
                              .k_step_max = 16,
                              .aim = 0.4,
                              .aim_tolerance = 0.6};

class LambdaFinder {
 public:
  LambdaFinder(const LambdaSearch& search,
               const std::function<LambdaTrial(std::uint32_t k, std::optional<double> lambda)>& trial)
      : search_(search), trial_(trial), k_slope_(search.k_slope), lambda_slope_(search.lambda_slope) {}

  void run() {
    const Point start = begin_along(cross_by_k());
    close_in(start);
    if (!is_met()) reach_an_end(start);
    if (best_ && best_->k == search_.k_max && best_->residual < -search_.near_enough && !is_exhausted())
      try_at(search_.k_max, 0.0);
    if (!best_ || !(best_->lambda > 0)) return;
    // What lambda jumps over is not found by moving along the bound either.
    fill_from_near_miss();
    if (!move_along(tuning.along_factor)) static_cast<void>(move_along(1 / tuning.along_factor));
    fill_up();
  }

 private:
  struct Point {
    std::uint32_t k = 1;
    double lambda = 0;
    double residual = 0;
    double lambda_part = 1;
  };

  [[nodiscard]] bool is_met() const noexcept { return best_ || search_.is_met; }
  /// True if what the next trial may gain is not worth its time. The further from the bound, the more trials are made.
  [[nodiscard]] bool is_exhausted() const {
    if (trials_ < tuning.trials_max || !is_met()) return false;
    if (!best_ || std::abs(best_->residual) <= tuning.near_after_trials * search_.near_enough) return true;
    return trials_ >= tuning.trials_max + tuning.more_trials && in_reach(*best_);
  }

  Point try_at(std::uint32_t k, std::optional<double> lambda) {
    ++trials_;
    const LambdaTrial tried = trial_(k, lambda);
    const Point point{k, tried.lambda, tried.residual, tried.lambda_part};
    if (tried.best) best_ = point;
    if (!tried.meets && in_reach(point) && point.lambda > (near_miss_ ? near_miss_->lambda : 0)) near_miss_ = point;
    return point;
  }
  [[nodiscard]] std::uint32_t rounded_k(double k) const {
    return static_cast<std::uint32_t>(std::clamp(std::round(k), 1.0, static_cast<double>(search_.k_max)));
  }
  [[nodiscard]] bool in_reach(const Point& point) const {
    return std::abs(point.residual) <= lambda_slope_ * std::log(tuning.lambda_reach);
  }
  static void believe(double& slope, double expected, double measured) {
    if (std::isfinite(measured) && measured > 0)
      slope = std::clamp(measured, expected / tuning.slope_trust, expected * tuning.slope_trust);
  }

  /// Moves K with default lambdas, to one whose residual lambda can make up for; else returns the nearest.
  Point cross_by_k() {
    std::uint32_t low = 0;  // below the bound, or outside
    std::uint32_t high = search_.k_max + 1;
    Point nearest;
    Point last;
    std::uint32_t k = rounded_k(search_.guess);
    for (int step = 0; step < tuning.k_steps_max && low < k && k < high && !is_exhausted(); ++step) {
      const Point point = try_at(k, std::nullopt);
      if (step > 0)
        believe(k_slope_, search_.k_slope, (point.residual - last.residual) / std::log(double{1} * k / last.k));
      if (step == 0 || std::abs(point.residual) < std::abs(nearest.residual)) nearest = point;
      if (in_reach(point)) break;
      (point.residual < 0 ? low : high) = k;
      const double next = std::isfinite(point.residual) ? k * std::exp(-point.residual / k_slope_) : k / 2.0;
      k = rounded_k(std::clamp(next, k / tuning.k_step_max, k * tuning.k_step_max));
      if (k <= low) k = low + 1;
      if (k >= high) k = high - 1;
      last = point;
    }
    return nearest;
  }

  /// From a point with a default lambda to the lambda where the bound is better met, and a K near the bound.
  Point begin_along(const Point& start) {
    if (start.lambda_part == 1 || is_exhausted() || !(start.lambda > 0) || !std::isfinite(start.residual)) return start;
    const double rise = lambda_slope_ * std::log(start.lambda_part) - start.residual;
    return try_at(rounded_k(start.k * std::exp(std::clamp(rise / k_slope_, -1.0, 1.0))),
                  start.lambda * start.lambda_part);
  }

  /// Moves lambda at one K until the bound is just met.
  void close_in(Point point) {
    double low = 0;  // a lambda whose residual is above the aim
    double high = std::numeric_limits<double>::infinity();
    const double aim = (search_.meets_above ? tuning.aim : -tuning.aim) * search_.near_enough;
    for (int step = 0; step < tuning.lambda_steps_max && point.lambda > 0 && std::isfinite(point.residual); ++step) {
      if (std::abs(point.residual - aim) <= tuning.aim_tolerance * search_.near_enough || is_exhausted()) return;
      (point.residual > aim ? low : high) = point.lambda;
      double next = point.lambda * std::exp(std::clamp((point.residual - aim) / lambda_slope_, -1.0, 1.0));
      if (next <= low || next >= high) next = std::sqrt(low * high);
      const Point tried = try_at(point.k, next);
      // Neighbouring lambdas often lead to the same indices, as where the start is kept.
      if (tried.lambda == point.lambda || tried.residual == point.residual) return;
      believe(lambda_slope_, search_.lambda_slope,
              (point.residual - tried.residual) / std::log(tried.lambda / point.lambda));
      point = tried;
    }
  }

  /// To the first point that meets the bound, from one that does not, and back to the bound. From one that is near, as
  /// where lambdas around the default one make the same indices, the first step is short.
  void reach_an_end(const Point& start) {
    const std::uint32_t end = search_.meets_above ? search_.k_max : 1;
    std::uint32_t k = start.k;
    if (in_reach(start) && k != end) {
      constexpr double beyond = 2;
      const double step = beyond * std::abs(start.residual) / k_slope_;
      const std::uint32_t near = rounded_k(k * std::exp(search_.meets_above ? step : -step));
      k = search_.meets_above ? std::max(near, k + 1) : std::min(near, k - 1);
      const Point point = try_at(k, std::nullopt);
      if (is_met()) close_in(point);
    }
    while (!is_met() && k != end) {
      k = search_.meets_above ? std::min(search_.k_max, tuning.end_step * k) : std::max(1U, k / tuning.end_step);
      const Point point = try_at(k, std::nullopt);
      if (is_met()) close_in(point);
    }
    if (!is_met() && search_.meets_above) try_at(search_.k_max, 0.0);
  }

  /// Changes lambda by `factor`, and K to stay on the bound, as long as the best trial becomes better; returns whether
  /// it ever did.
  bool move_along(double factor) {
    bool better = false;
    for (int step = 0; step < tuning.along_steps_max && !is_exhausted(); ++step) {
      const Point from = *best_;
      const std::uint32_t k = rounded_k(from.k * std::exp(lambda_slope_ * std::log(factor) / k_slope_));
      if (k == from.k) break;
      Point point = try_at(k, from.lambda * factor);
      if (!in_reach(point) && std::isfinite(point.residual) && !is_exhausted()) {
        const std::uint32_t nearer = rounded_k(k * std::exp(std::clamp(-point.residual / k_slope_, -1.0, 1.0)));
        if (nearer != k && nearer != from.k) point = try_at(nearer, from.lambda * factor);
      }
      close_in(point);
      if (best_->k == from.k && best_->lambda == from.lambda) break;
      better = true;
    }
    return better;
  }

  /// Where the best point is far from the bound, moves K alone: from a point that misses the bound by little, then from
  /// the best one. On smooth pictures sizes jump by a quarter from one lambda to the next.
  void fill_up() {
    if (!is_far(*best_)) return;
    fill_from_near_miss();
    if (is_far(*best_)) fill_from(*best_, tuning.fill_steps_max);
  }
  void fill_from_near_miss() {
    if (!near_miss_ || !is_far(*best_) || std::exchange(near_miss_filled_, true)) return;
    fill_from(*near_miss_, tuning.miss_steps_max);
  }

  [[nodiscard]] bool is_far(const Point& point) const {
    return std::abs(point.residual) > tuning.near_after_trials * search_.near_enough;
  }

  /// Moves K alone until the bound is crossed, or met nearly.
  void fill_from(Point from, int steps_max) {
    const bool is_inside = (from.residual < 0) != search_.meets_above;
    for (int step = 0; step < steps_max; ++step) {
      std::uint32_t k = rounded_k(from.k * std::exp(-from.residual / k_slope_));
      if (k == from.k) k = from.residual < 0 ? std::min(k + 1, search_.k_max) : std::max(k, 2U) - 1;
      if (k == from.k) return;
      from = try_at(k, from.lambda);
      const bool is_still_inside = (from.residual < 0) != search_.meets_above;
      if (is_still_inside != is_inside || (is_inside && !is_far(from))) return;
    }
  }

  const LambdaSearch& search_;
  const std::function<LambdaTrial(std::uint32_t k, std::optional<double> lambda)>& trial_;
  double k_slope_;
  double lambda_slope_;
  std::optional<Point> best_;
  std::optional<Point> near_miss_;  // the largest lambda of those that miss the bound by little
  bool near_miss_filled_ = false;   // once is enough: trials have a limit
  int trials_ = 0;
};

}  // namespace

void find_lambda(const LambdaSearch& search,
                 const std::function<LambdaTrial(std::uint32_t k, std::optional<double> lambda)>& trial) {
  LambdaFinder(search, trial).run();
}

}  // namespace vqi::detail
