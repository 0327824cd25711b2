// find_crossing: secant steps in about log K inside a bracket, single ones where noise is larger than they are.
#include "crossing_search.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace vqi::detail {
namespace {

/// Trials nearer to each other than this, in ln K, tell more of the noise than of the slope.
constexpr double slope_distance_min = 0.1;
/// Steps in a row that may leave more than half of the bracket.
constexpr int slow_steps_max = 5;
/// Single steps while the other side has not been seen: what looks like noise may be a figure that hardly changes.
constexpr int single_steps_max = 3;
/// Trials as near to each other as this many times the noise tell of one crossing.
constexpr double about_widths = 3;
/// The least chance to end the search for which the neighbour of an end is tried: a step to the likeliest place
/// and single steps from there, each with a chance of a half, take three trials.
constexpr double neighbour_chance_min = 0.4;
/// Where noise is alike, trials within as many times the noise are closed in on by secants that leave at least this
/// part of the bracket.
constexpr double alike_widths = 8;
constexpr double part_left_min = 0.25;
/// Factor of K that a step may move by at the most while the other side has not been seen.
constexpr double step_max = 4;
/// By how much a second step to the same side goes beyond the crossing, to be past it.
constexpr double overshoot = 1.25;

/// An end of the bracket; K = 0 and k_max + 1 are ends without a trial.
struct End {
  std::uint32_t k = 0;
  double gap = 0;
  bool tried = false;
};

class Bracket {
 public:
  explicit Bracket(const CrossingSearch& search)
      : slope_(search.slope),
        line_(search.line),
        scatter_k_(search.scatter_k),
        alike_(search.alike),
        low_{0, 0, false},
        high_{search.k_max + 1, 0, false} {}

  [[nodiscard]] bool closed() const noexcept { return high_.k - low_.k == 1; }
  [[nodiscard]] std::uint32_t high() const noexcept { return high_.k; }

  void enter(std::uint32_t k, const CrossingTrial& trial) {
    const double before = width();
    const bool same_side = newest_.tried && newest_.k == (trial.passes ? high_ : low_).k;
    steps_on_one_side_ = same_side ? steps_on_one_side_ + 1 : 0;
    const End before_it = newest_;
    (trial.passes ? high_ : low_) = {k, trial.gap, true};
    newest_ = trial.passes ? high_ : low_;
    if (std::isfinite(trial.gap)) tried_.push_back(newest_);
    slow_steps_ = width() > 0.5 * before ? slow_steps_ + 1 : 0;
    if (low_.tried && high_.tried)
      learn_slope(low_, high_);
    else if (before_it.tried)
      learn_slope(before_it.k < k ? before_it : newest_, before_it.k < k ? newest_ : before_it);
  }

  /// The K to try next, inside the bracket.
  [[nodiscard]] std::uint32_t next() {
    const bool closing_in = low_.tried && high_.tried;
    if (slow_steps_ >= slow_steps_max && closing_in) {
      slow_steps_ = 0;
      return inside(std::sqrt(static_cast<double>(low_.k) * high_.k));
    }
    const End& near = nearer_end();
    if (!std::isfinite(near.gap)) return inside(std::sqrt(std::max(1.0, double{1} * low_.k) * high_.k));
    if (closing_in && alike_ && high_.k - low_.k <= alike_widths * scatter_k_) return between();
    const double crossing = likely_crossing(near);
    const double low_chance = low_.tried ? chance_above(low_.k + 1 - crossing) : 0;
    const double high_chance = high_.tried ? chance_above(crossing - (high_.k - 1)) : 0;
    const bool walks_on = closing_in || steps_on_one_side_ < single_steps_max;
    if (walks_on && std::max(low_chance, high_chance) >= neighbour_chance_min)
      return low_chance >= high_chance ? low_.k + 1 : high_.k - 1;
    if (closing_in) return inside(crossing);
    const double k_least = near.k / step_max;
    const double k_most = near.k * step_max;
    if (steps_on_one_side_ == 0) return inside(std::clamp(crossing, k_least, k_most));
    // The other side must be found: beyond the crossing and in growing steps, in case that figures hardly change here.
    const double beyond = std::clamp(near.k + overshoot * (crossing - near.k), k_least, k_most);
    const double least_step = std::ldexp(1.0, steps_on_one_side_ - 1);
    return inside(near.k == high_.k ? std::min(beyond, near.k - least_step) : std::max(beyond, near.k + least_step));
  }

  /// `k` rounded up, and moved between the ends.
  [[nodiscard]] std::uint32_t inside(double k) const {
    return static_cast<std::uint32_t>(std::clamp(std::ceil(k), low_.k + 1.0, high_.k - 1.0));
  }

 private:
  /// How many K lie between a trial and the crossing of the line through it.
  [[nodiscard]] double distance_to_crossing(const End& end) const {
    return line_.k_at(line_.position(end.k) - end.gap / slope_) - end.k;
  }

  /// Where the line through both ends crosses, away from them.
  [[nodiscard]] std::uint32_t between() const {
    const double part = std::clamp(low_.gap / (low_.gap - high_.gap), part_left_min, 1 - part_left_min);
    return inside(low_.k + part * (high_.k - low_.k));
  }

  /// Where the crossing is by the trials about `near`, each of which noise has moved.
  [[nodiscard]] double likely_crossing(const End& near) const {
    const double reach_k = std::max(about_widths * scatter_k_, std::abs(distance_to_crossing(near)));
    double sum = 0;
    double count = 0;
    for (const End& end : tried_) {
      if (std::abs(double{1} * end.k - near.k) > reach_k && end.k != near.k) continue;
      sum += end.k + distance_to_crossing(end);
      ++count;
    }
    return sum / count;
  }

  /// The chance that a K this far above the crossing is found to be above it.
  [[nodiscard]] double chance_above(double distance_k) const {
    const double scatter_k = std::max(scatter_k_, 0.5);
    return 0.5 * std::erfc(-distance_k / scatter_k / 2);  // both the trial's noise and the crossing's
  }

  void learn_slope(const End& low, const End& high) {
    if (!std::isfinite(low.gap) || !std::isfinite(high.gap) || high.gap <= low.gap) return;
    const double distance = line_.position(high.k) - line_.position(low.k);
    if (distance >= slope_distance_min) slope_ = (high.gap - low.gap) / distance;
  }

  /// Of what is left, on the scale on which it is searched.
  [[nodiscard]] double width() const { return std::log2(high_.k) - std::log2(std::max(0.5, double{1} * low_.k)); }

  [[nodiscard]] const End& nearer_end() const {
    if (low_.tried && high_.tried) return std::abs(low_.gap) < std::abs(high_.gap) ? low_ : high_;
    return newest_;
  }

  double slope_;
  CrossingLine line_;
  double scatter_k_;
  bool alike_;
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
