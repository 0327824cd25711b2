// LambdaCrossing: which lambda to try next, so that a figure meets a bound which it passes as lambda grows.
#pragma once

#include <optional>

namespace vqi::detail {

inline constexpr double min_png_lambda = 1.0 / 1024;
inline constexpr double max_png_lambda = 65536;

/// Secants on the logarithm of lambda, between a lambda that meets the bound and one that misses it once both are
/// known.
class LambdaCrossing {
 public:
  /// `slope`: by how much a trial's excess grows, or with a minus falls, while lambda grows by the factor e; the first
  /// guess, which trials correct.
  LambdaCrossing(double first_lambda, double slope);

  /// The lambda to try, from min_png_lambda to max_png_lambda.
  [[nodiscard]] double next() const;
  /// By how much a trial at `lambda` is on the good side of the bound, below 0 if it misses it.
  void add(double lambda, double excess);
  /// No lambda is left: the last trial was at an end of the range, and the bound lies beyond.
  [[nodiscard]] bool is_exhausted() const noexcept;

 private:
  struct Trial {
    double log_lambda = 0;
    double excess = 0;
  };

  double first_lambda_;
  double usual_slope_;
  double slope_;
  std::optional<Trial> last_;
  std::optional<Trial> met_;
  std::optional<Trial> missed_;
};

}  // namespace vqi::detail
