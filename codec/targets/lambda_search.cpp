// Secants in ln K, then in ln lambda, then steps of both along the bound.
#include "lambda_search.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace vqi::detail {
namespace {

constexpr int k_steps_max = 6;
constexpr int lambda_steps_max = 4;
constexpr int along_steps_max = 3;
/// Gaps that this factor of lambda makes up for are left to lambda.
constexpr double lambda_reach = 1.4;
/// Factor of lambda between points along the bound. Between those that differ by it files differ by some percent.
constexpr double along_factor = 1.6;
/// Measured slopes are believed within this factor of what they were taken for.
constexpr double slope_trust = 4;

class LambdaFinder {
 public:
  LambdaFinder(const LambdaSearch& search,
               const std::function<LambdaTrial(std::uint32_t k, std::optional<double> lambda)>& trial)
      : search_(search), trial_(trial), k_slope_(search.k_slope), lambda_slope_(search.lambda_slope) {}

  void run() {
    const Point start = cross_by_k();
    close_in(start);
    if (!best_) reach_an_end(start.k);
    if (best_ && best_->k == search_.k_max && best_->gap < -search_.near_enough) try_at(search_.k_max, 0.0);
    if (!best_ || !(best_->lambda > 0)) return;
    if (!move_along(along_factor)) static_cast<void>(move_along(1 / along_factor));
  }

 private:
  struct Point {
    std::uint32_t k = 1;
    double lambda = 0;
    double gap = 0;
  };

  Point try_at(std::uint32_t k, std::optional<double> lambda) {
    const LambdaTrial tried = trial_(k, lambda);
    const Point point{k, tried.lambda, tried.gap};
    if (tried.best) best_ = point;
    return point;
  }
  [[nodiscard]] std::uint32_t rounded_k(double k) const {
    return static_cast<std::uint32_t>(std::clamp(std::round(k), 1.0, static_cast<double>(search_.k_max)));
  }
  [[nodiscard]] bool in_reach(const Point& point) const {
    return std::abs(point.gap) <= lambda_slope_ * std::log(lambda_reach);
  }
  static void believe(double& slope, double expected, double measured) {
    if (std::isfinite(measured) && measured > 0)
      slope = std::clamp(measured, expected / slope_trust, expected * slope_trust);
  }

  /// With default lambdas, a K whose gap lambda can close, or the nearest to it.
  Point cross_by_k() {
    std::uint32_t low = 0;  // below the bound, or outside
    std::uint32_t high = search_.k_max + 1;
    Point nearest;
    Point last;
    std::uint32_t k = rounded_k(search_.guess);
    for (int step = 0; step < k_steps_max && low < k && k < high; ++step) {
      const Point point = try_at(k, std::nullopt);
      if (step > 0) believe(k_slope_, search_.k_slope, (point.gap - last.gap) / std::log(double{1} * k / last.k));
      if (step == 0 || std::abs(point.gap) < std::abs(nearest.gap)) nearest = point;
      if (in_reach(point)) break;
      (point.gap < 0 ? low : high) = k;
      const double next = std::isfinite(point.gap) ? k * std::exp(-point.gap / k_slope_) : k / 2.0;
      k = rounded_k(std::clamp(next, k / 16.0, k * 16.0));
      if (k <= low) k = low + 1;
      if (k >= high) k = high - 1;
      last = point;
    }
    return nearest;
  }

  /// Moves lambda at one K until the bound is just met.
  void close_in(Point point) {
    double low = 0;  // a lambda whose gap is above 0
    double high = std::numeric_limits<double>::infinity();
    const double aim = (search_.meets_above ? 0.4 : -0.4) * search_.near_enough;
    for (int step = 0; step < lambda_steps_max && point.lambda > 0 && std::isfinite(point.gap); ++step) {
      if (std::abs(point.gap - aim) <= 0.6 * search_.near_enough) return;
      (point.gap > aim ? low : high) = point.lambda;
      double next = point.lambda * std::exp(std::clamp((point.gap - aim) / lambda_slope_, -1.0, 1.0));
      if (next <= low || next >= high) next = std::sqrt(low * high);
      const Point tried = try_at(point.k, next);
      if (tried.lambda == point.lambda) return;
      believe(lambda_slope_, search_.lambda_slope, (point.gap - tried.gap) / std::log(tried.lambda / point.lambda));
      point = tried;
    }
  }

  /// To the first point that meets the bound, from one that does not.
  void reach_an_end(std::uint32_t k) {
    while (!best_ && k != (search_.meets_above ? search_.k_max : 1)) {
      k = search_.meets_above ? std::min(search_.k_max, 2 * k) : k / 2;
      close_in(try_at(k, std::nullopt));
    }
    if (!best_ && search_.meets_above) try_at(search_.k_max, 0.0);
  }

  /// Changes lambda by `factor` again and again, with the K that goes with it, while that is better; whether it ever
  /// was.
  bool move_along(double factor) {
    bool better = false;
    for (int step = 0; step < along_steps_max; ++step) {
      const Point from = *best_;
      const std::uint32_t k = rounded_k(from.k * std::exp(lambda_slope_ * std::log(factor) / k_slope_));
      if (k == from.k) break;
      Point point = try_at(k, from.lambda * factor);
      if (!in_reach(point) && std::isfinite(point.gap)) {
        const std::uint32_t nearer = rounded_k(k * std::exp(std::clamp(-point.gap / k_slope_, -1.0, 1.0)));
        if (nearer != k && nearer != from.k) point = try_at(nearer, from.lambda * factor);
      }
      close_in(point);
      if (best_->k == from.k && best_->lambda == from.lambda) break;
      better = true;
    }
    return better;
  }

  const LambdaSearch& search_;
  const std::function<LambdaTrial(std::uint32_t k, std::optional<double> lambda)>& trial_;
  double k_slope_;
  double lambda_slope_;
  std::optional<Point> best_;
};

}  // namespace

void find_lambda(const LambdaSearch& search,
                 const std::function<LambdaTrial(std::uint32_t k, std::optional<double> lambda)>& trial) {
  LambdaFinder(search, trial).run();
}

}  // namespace vqi::detail
