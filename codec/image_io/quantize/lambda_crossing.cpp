// Both PSNR and the logarithm of the size are nearly linear in the logarithm of lambda.
#include "lambda_crossing.hpp"

#include <algorithm>
#include <cmath>

namespace vqi::detail {
namespace {

/// The excess that is aimed at: on the good side of the bound, but near it.
constexpr double aim = 0.02;

double bounded(double log_lambda) {
  return std::exp(std::clamp(log_lambda, std::log(min_png_lambda), std::log(max_png_lambda)));
}

}  // namespace

LambdaCrossing::LambdaCrossing(double first_lambda, double slope)
    : first_lambda_(first_lambda), usual_slope_(slope), slope_(slope) {}

double LambdaCrossing::next() const {
  if (!last_) return std::clamp(first_lambda_, min_png_lambda, max_png_lambda);
  if (met_ && missed_) {
    // Not at the ends, where a bent curve would keep one of them for ever.
    const double share = std::clamp((met_->excess - aim) / (met_->excess - missed_->excess), 0.15, 0.85);
    return bounded(met_->log_lambda + share * (missed_->log_lambda - met_->log_lambda));
  }
  constexpr double least_step = 0.05;
  constexpr double largest_step = 2;
  const double step = (aim - last_->excess) / slope_;
  const double size = std::clamp(std::abs(step), least_step, largest_step);
  return bounded(last_->log_lambda + std::copysign(size, step));
}

void LambdaCrossing::add(double lambda, double excess) {
  const Trial trial{std::log(lambda), excess};
  if (last_ && trial.log_lambda != last_->log_lambda) {
    const double found = (trial.excess - last_->excess) / (trial.log_lambda - last_->log_lambda) / usual_slope_;
    slope_ = usual_slope_ * std::clamp(found, 0.25, 4.0);
  }
  last_ = trial;
  (excess >= 0 ? met_ : missed_) = trial;
}

bool LambdaCrossing::is_exhausted() const noexcept {
  if (!last_ || (met_ && missed_)) return false;
  const double lambda = std::exp(last_->log_lambda);
  const bool grows = (last_->excess < 0) == (usual_slope_ > 0);
  return grows ? lambda >= max_png_lambda * 0.999 : lambda <= min_png_lambda * 1.001;
}

}  // namespace vqi::detail
