// find_lambda: the K and the lambda of ECVQ at which a noisy figure just passes a bound at the least expense.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

namespace vqi::detail {

/// What one K and one lambda give.
struct LambdaTrial {
  double residual = 0;     ///< the figure less its bound: rises with K, falls as lambda rises; may be infinite
  bool meets = false;      ///< decides: whether it is on the side of the bound that is asked for
  bool best = false;       ///< the best so far of the trials that meet it
  double lambda = 0;       ///< the one used
  double lambda_part = 1;  ///< of this lambda: that with which it is better to meet the bound
};

struct LambdaSearch {
  std::uint32_t k_max = 1;   ///< K is 1 .. k_max
  double guess = 1;          ///< where K may pass the bound with the default lambda
  double k_slope = 1;        ///< about the growth of the residual there per unit of ln K
  double lambda_slope = 1;   ///< about its fall per unit of ln lambda
  double near_enough = 0;    ///< a residual that needs no further steps
  bool meets_above = false;  ///< the bound is met by residuals of 0 and above; else of 0 and below
  bool is_met = false;       ///< the caller has a trial already that meets the bound
};

/// Without a lambda `trial` takes the default for its K. First K moves, with default lambdas, until the figure is near
/// the bound; from there lambda goes to that trial's `lambda_part`, and K with it; then lambda moves until the bound is
/// just met. Where it jumps over the bound and leaves the best trial far from it, K moves alone from the trial that
/// missed it by little. Then both move together along the bound, as long as the trials that meet it become better:
/// first to a larger lambda with more codewords, else to a smaller one with fewer. If the best one is still far from
/// the bound, K moves alone again.
///
/// The caller keeps the best trial. Some trial meets the bound if one of the ends does: K = 1, or k_max with a lambda
/// of 0. Takes 6 trials where one of them comes near the bound, some 9 where one meets it, up to 5 more where that is
/// far from it, else as many as it takes until one does.
void find_lambda(const LambdaSearch& search,
                 const std::function<LambdaTrial(std::uint32_t k, std::optional<double> lambda)>& trial);

}  // namespace vqi::detail
