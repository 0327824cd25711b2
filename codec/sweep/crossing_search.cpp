// find_crossing: secant steps in about log K inside a bracket, halved where they do not shrink it.
#include "crossing_search.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace vqi {
namespace {

/// Trials nearer to each other than this, in ln K, tell more of the noise than of the slope.
constexpr double slope_distance_min = 0.1;
/// Steps in a row that may leave more than half of the bracket.
constexpr int slow_steps_max = 3;
/// In a bracket this narrow, noise weighs more than the slope does: it is halved. The second is a part of K.
constexpr std::uint32_t narrow_bracket = 16;
constexpr std::uint32_t narrow_part = 256;
/// Where the crossing is expected within this many K of an end, its neighbour is as likely as not to be on the
/// other side already, which ends the search.
constexpr double neighbourhood = 3;
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
      : slope_(search.slope), line_(search.line), low_{0, 0, false}, high_{search.k_max + 1, 0, false} {}

  [[nodiscard]] bool closed() const noexcept { return high_.k - low_.k == 1; }
  [[nodiscard]] std::uint32_t high() const noexcept { return high_.k; }

  void enter(std::uint32_t k, const CrossingTrial& trial) {
    const double before = width();
    const bool same_side = newest_.tried && newest_.k == (trial.passes ? high_ : low_).k;
    steps_on_one_side_ = same_side ? steps_on_one_side_ + 1 : 0;
    const End before_it = newest_;
    (trial.passes ? high_ : low_) = {k, trial.gap, true};
    newest_ = trial.passes ? high_ : low_;
    slow_steps_ = width() > 0.5 * before ? slow_steps_ + 1 : 0;
    if (low_.tried && high_.tried)
      learn_slope(low_, high_);
    else if (before_it.tried)
      learn_slope(before_it.k < k ? before_it : newest_, before_it.k < k ? newest_ : before_it);
  }

  /// The K to try next, inside the bracket.
  [[nodiscard]] std::uint32_t next() {
    const bool closing_in = low_.tried && high_.tried;
    if (closing_in && !tried_neighbour_ && is_near_crossing(nearer_end())) {
      tried_neighbour_ = true;
      return nearer_end().k == low_.k ? low_.k + 1 : high_.k - 1;
    }
    tried_neighbour_ = false;
    if (closing_in && high_.k - low_.k <= std::max(narrow_bracket, low_.k / narrow_part))
      return inside((low_.k + high_.k) / 2.0);
    if (slow_steps_ >= slow_steps_max && closing_in) {
      slow_steps_ = 0;
      return inside(std::sqrt(static_cast<double>(low_.k) * high_.k));
    }
    const End& near = nearer_end();
    if (!std::isfinite(near.gap)) return inside(std::sqrt(std::max(1.0, double{1} * low_.k) * high_.k));
    const double reach = steps_on_one_side_ > 0 && !closing_in ? overshoot : 1;
    const double crossing = line_.k_at(line_.position(near.k) - reach * near.gap / slope_);
    // The other side must be found: in growing steps, in case that figures hardly change here.
    const double least_step = std::ldexp(1.0, std::max(0, steps_on_one_side_ - 1));
    return inside(near.k == high_.k ? std::min(crossing, near.k - least_step)
                                    : std::max(crossing, near.k + least_step));
  }

  /// `k` rounded up, and moved between the ends.
  [[nodiscard]] std::uint32_t inside(double k) const {
    return static_cast<std::uint32_t>(std::clamp(std::ceil(k), low_.k + 1.0, high_.k - 1.0));
  }

 private:
  [[nodiscard]] bool is_near_crossing(const End& end) const {
    const double gap_per_k = slope_ * (line_.position(end.k + 1.0) - line_.position(end.k));
    return std::abs(end.gap) < neighbourhood * gap_per_k;
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
  End low_;
  End high_;
  End newest_;
  int steps_on_one_side_ = 0;
  int slow_steps_ = 0;
  bool tried_neighbour_ = false;
};

}  // namespace

std::uint32_t find_crossing(const CrossingSearch& search, const std::function<CrossingTrial(std::uint32_t k)>& trial) {
  Bracket bracket(search);
  for (std::uint32_t k = bracket.inside(search.guess);; k = bracket.next()) {
    bracket.enter(k, trial(k));
    if (bracket.closed()) return bracket.high();
  }
}

}  // namespace vqi
