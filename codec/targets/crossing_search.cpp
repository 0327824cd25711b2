// Secants in about log K inside a bracket, and steps of one K where noise is larger than a secant.
#include "crossing_search.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace vqi::detail {
namespace {

/// The constants of the search. They were chosen by the number of trials in simulations with the noise of photographs,
/// and on measured sizes of 300 neighbouring K: DESIGN.md, "Sweeps and targets".
struct CrossingTuning {
  double slope_distance_min;    ///< in ln K: trials nearer to each other tell more of the noise than of the slope
  int slow_steps_max;           ///< steps in a row that may each leave more than half of the bracket
  int single_steps_max;         ///< steps of one K while only one side was seen: what looks like noise may be a figure
                                ///< that hardly changes with K
  double about_widths;          ///< in scatter_k: trials as near as this to each other tell of one crossing
  double neighbour_chance_min;  ///< the least chance to end the search for which the neighbour of an end is tried
  double correlated_widths;     ///< in scatter_k: brackets narrower than this use secants where noise is correlated
  double part_left_min;         ///< of the bracket: what such a secant leaves at least
  double step_max;              ///< factor of K of a step while only one side was seen
  double overshoot;             ///< a second step to the same side goes this many times the way to the crossing
};

/// neighbour_chance_min: the alternative, a step to the likeliest place and then steps of one K with a chance of a half
/// each, takes three trials.
constexpr CrossingTuning tuning{.slope_distance_min = 0.1,
                                .slow_steps_max = 5,
                                .single_steps_max = 3,
                                .about_widths = 3,
                                .neighbour_chance_min = 0.4,
                                .correlated_widths = 8,
                                .part_left_min = 0.25,
                                .step_max = 4,
                                .overshoot = 1.25};

/// An end of the bracket; K = 0 and k_max + 1 are ends without a trial.
struct End {
  std::uint32_t k = 0;
  double residual = 0;
  bool tried = false;
};

class Bracket {
 public:
  explicit Bracket(const CrossingSearch& search)
      : slope_(search.slope),
        line_(search.line),
        scatter_k_(search.scatter_k),
        correlated_(search.correlated),
        low_{0, 0, false},
        high_{search.k_max + 1, 0, false} {}

  [[nodiscard]] bool closed() const noexcept { return high_.k - low_.k == 1; }
  [[nodiscard]] std::uint32_t high() const noexcept { return high_.k; }

  void enter(std::uint32_t k, const CrossingTrial& trial) {
    const double before = width();
    const bool same_side = newest_.tried && newest_.k == (trial.passes ? high_ : low_).k;
    steps_on_one_side_ = same_side ? steps_on_one_side_ + 1 : 0;
    const End before_it = newest_;
    (trial.passes ? high_ : low_) = {k, trial.residual, true};
    newest_ = trial.passes ? high_ : low_;
    if (std::isfinite(trial.residual)) tried_.push_back(newest_);
    slow_steps_ = width() > 0.5 * before ? slow_steps_ + 1 : 0;
    if (low_.tried && high_.tried)
      learn_slope(low_, high_);
    else if (before_it.tried)
      learn_slope(before_it.k < k ? before_it : newest_, before_it.k < k ? newest_ : before_it);
  }

  /// The K to try next, inside the bracket.
  [[nodiscard]] std::uint32_t next() {
    const bool closing_in = low_.tried && high_.tried;
    if (slow_steps_ >= tuning.slow_steps_max && closing_in) {
      slow_steps_ = 0;
      return inside(std::sqrt(static_cast<double>(low_.k) * high_.k));
    }
    const End& near = nearer_end();
    if (!std::isfinite(near.residual)) return inside(std::sqrt(std::max(1.0, double{1} * low_.k) * high_.k));
    if (closing_in && correlated_ && high_.k - low_.k <= tuning.correlated_widths * scatter_k_) return between();
    const double crossing = likely_crossing(near);
    const double low_chance = low_.tried ? chance_above(low_.k + 1 - crossing) : 0;
    const double high_chance = high_.tried ? chance_above(crossing - (high_.k - 1)) : 0;
    const bool walks_on = closing_in || steps_on_one_side_ < tuning.single_steps_max;
    if (walks_on && std::max(low_chance, high_chance) >= tuning.neighbour_chance_min)
      return low_chance >= high_chance ? low_.k + 1 : high_.k - 1;
    if (closing_in) return inside(crossing);
    const double k_least = near.k / tuning.step_max;
    const double k_most = near.k * tuning.step_max;
    if (steps_on_one_side_ == 0) return inside(std::clamp(crossing, k_least, k_most));
    // The other side must be found: go beyond the crossing, in growing steps in case the figure hardly changes here.
    const double beyond = std::clamp(near.k + tuning.overshoot * (crossing - near.k), k_least, k_most);
    const double least_step = std::ldexp(1.0, steps_on_one_side_ - 1);
    return inside(near.k == high_.k ? std::min(beyond, near.k - least_step) : std::max(beyond, near.k + least_step));
  }

  /// `k` rounded up, and moved between the ends.
  [[nodiscard]] std::uint32_t inside(double k) const {
    return static_cast<std::uint32_t>(std::clamp(std::ceil(k), low_.k + 1.0, high_.k - 1.0));
  }

 private:
  /// The number of K from a trial to the crossing of the line through it.
  [[nodiscard]] double distance_to_crossing(const End& end) const {
    return line_.k_at(line_.position(end.k) - end.residual / slope_) - end.k;
  }

  /// Where the line through both ends crosses, kept away from them.
  [[nodiscard]] std::uint32_t between() const {
    const double part =
        std::clamp(low_.residual / (low_.residual - high_.residual), tuning.part_left_min, 1 - tuning.part_left_min);
    return inside(low_.k + part * (high_.k - low_.k));
  }

  /// The mean of the crossings that the trials about `near` point to, each of which noise has moved.
  [[nodiscard]] double likely_crossing(const End& near) const {
    const double reach_k = std::max(tuning.about_widths * scatter_k_, std::abs(distance_to_crossing(near)));
    double sum = 0;
    double count = 0;
    for (const End& end : tried_) {
      if (std::abs(double{1} * end.k - near.k) > reach_k && end.k != near.k) continue;
      sum += end.k + distance_to_crossing(end);
      ++count;
    }
    return sum / count;
  }

  /// The chance that a trial this far above the crossing passes.
  [[nodiscard]] double chance_above(double distance_k) const {
    const double scatter_k = std::max(scatter_k_, 0.5);
    return 0.5 * std::erfc(-distance_k / scatter_k / 2);  // both the trial's noise and the crossing's
  }

  void learn_slope(const End& low, const End& high) {
    if (!std::isfinite(low.residual) || !std::isfinite(high.residual) || high.residual <= low.residual) return;
    const double distance = line_.position(high.k) - line_.position(low.k);
    if (distance >= tuning.slope_distance_min) slope_ = (high.residual - low.residual) / distance;
  }

  /// The width of the bracket, in log2 K.
  [[nodiscard]] double width() const { return std::log2(high_.k) - std::log2(std::max(0.5, double{1} * low_.k)); }

  [[nodiscard]] const End& nearer_end() const {
    if (low_.tried && high_.tried) return std::abs(low_.residual) < std::abs(high_.residual) ? low_ : high_;
    return newest_;
  }

  double slope_;
  CrossingLine line_;
  double scatter_k_;
  bool correlated_;
  End low_;
  End high_;
  End newest_;
  std::vector<End> tried_;
  int steps_on_one_side_ = 0;
  int slow_steps_ = 0;
};

}  // namespace

std::uint32_t find_crossing(const CrossingSearch& search, const std::function<CrossingTrial(std::uint32_t k)>& trial) {
  Bracket bracket(search);
  if (search.low) bracket.enter(search.low->k, search.low->trial);
  for (bool first = true; !bracket.closed(); first = false) {
    const std::uint32_t k = first ? bracket.inside(search.guess) : bracket.next();
    bracket.enter(k, trial(k));
  }
  return bracket.high();
}

}  // namespace vqi::detail
