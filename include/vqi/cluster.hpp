// Clustering of any data: k-means, mixtures of Gaussians by EM, annealing; vqi/gap.hpp has the gap statistic.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <ranges>
#include <span>
#include <type_traits>
#include <vector>

#include "vqi/cluster_steps.hpp"
#include "vqi/error.hpp"
#include "vqi/export.hpp"
#include "vqi/gap.hpp"
#include "vqi/options.hpp"
#include "vqi/run_options.hpp"

namespace vqi::cluster {

/// n weighted points of d coordinates.
class Points {
 public:
  /// `values` is (n, d) row-major, of any integer or floating-point type (64-bit integers are rounded to doubles);
  /// `weights` has n numbers, or none for equal weights of 1. Both are copied. Throws Error{invalid_option} unless n is
  /// 1 to 2^32 - 1, the shapes fit, every value is finite, and the weights are finite, not negative and not all 0.
  template <typename Values>
  requires std::is_arithmetic_v<std::ranges::range_value_t<Values>> Points(const Values& values,
                                                                           std::uint32_t dimension,
                                                                           std::span<const double> weights = {})
      : Points(std::vector<double>(std::ranges::begin(values), std::ranges::end(values)), dimension,
               std::vector<double>(weights.begin(), weights.end())) {}
  /// As above, of values and weights that are moved into it.
  VQI_API Points(std::vector<double> values, std::uint32_t dimension, std::vector<double> weights = {});

  [[nodiscard]] std::size_t size() const noexcept { return weights_.size(); }    ///< n
  [[nodiscard]] std::uint32_t dimension() const noexcept { return dimension_; }  ///< d
  /// The d coordinates of point `n`, which is below size(); valid while this object lives and is not assigned to.
  [[nodiscard]] std::span<const double> row(std::size_t n) const noexcept {
    return std::span(values_).subspan(n * dimension_, dimension_);
  }
  /// Of point `n`, which is below size().
  [[nodiscard]] double weight(std::size_t n) const noexcept { return weights_[n]; }
  [[nodiscard]] double total_weight() const noexcept { return total_weight_; }  ///< of all points

 private:
  std::vector<double> values_;
  std::uint32_t dimension_;
  std::vector<double> weights_;
  double total_weight_ = 0;
};

using vqi::Covariance;

/// p(x) = sum over k of weights[k] N(x | means[k], covariance k).
struct Mixture {
  Covariance covariance = Covariance::full;  ///< the form of `covariances`
  std::uint32_t dimension = 1;               ///< d
  std::vector<double> weights;               ///< (k): pi_k, their sum is 1
  std::vector<double> means;                 ///< (k, d) row-major
  std::vector<double> covariances;  ///< tied_spherical (1), spherical (k), diagonal (k, d), tied (d, d), full (k, d, d)

  [[nodiscard]] std::size_t size() const noexcept { return weights.size(); }  ///< k, the number of components
};

/// How kmeans() works.
struct KmeansOptions {
  std::uint32_t k = 8;                 ///< 1 .. number of points
  std::uint32_t max_iterations = 300;  ///< of each start: Lloyd's steps at most
  std::uint32_t starts = 8;     ///< k-means++ starts, of which the best counts; 0 counts as 1; unused with `means`
  std::vector<double> means{};  ///< (k, d), finite: the only start; empty: k-means++
  /// 0 or more and finite, squared distance per bit. Above 0: entropy-constrained, minimises J - lambda sum w log2 pi
  /// of the cells.
  double lambda = 0;
  /// Of the random numbers, unused with `means`. The same seed gives the same result on every machine.
  std::uint64_t seed = 1;
  /// 0 or more. Above 0: a start converges also when the squared movements of all means in a step add up to at most
  /// this part of the mean variance of a coordinate, as scikit-learn's `tol`.
  double tolerance = 0;
};

/// What kmeans() found.
struct KmeansResult {
  std::vector<double> means;              ///< (k, d)
  std::vector<std::uint32_t> assignment;  ///< (n): the nearest mean, with lambda the cheapest; of equal ones the first
  std::vector<double> weights;            ///< (k): each cell's part of the total weight
  double objective = 0;                   ///< J = sum w |x - mu|^2 over the points and their means (PRML 9.1)
  std::uint32_t iterations = 0;           ///< Lloyd's steps of the best start
  bool converged = false;                 ///< after the last step no point changes its cell, or by `tolerance`
  std::vector<KmeansStep> history;        ///< one for each of `iterations`
};

/// k-means by Lloyd's steps (PRML section 9.1), from k-means++ (Arthur and Vassilvitskii, SODA 2007). With lambda it is
/// Chou, Lookabaugh and Gray's entropy-constrained vector quantization (IEEE Trans. ASSP 37(1), 1989) with the ideal
/// code length of each cell as its rate; cells that lose all points are then left empty, at weight 0.
/// Cost: O(n k d) a step. `points` and `options` are borrowed for the call. `run.max_memory_bytes` counts one copy of
/// the points, 8 n (d + 1) bytes. Throws Error{invalid_option, limit_exceeded, cancelled}. em() and anneal() below
/// count and throw the same.
[[nodiscard]] VQI_API KmeansResult kmeans(const Points& points, const KmeansOptions& options,
                                          const RunOptions& run = {});

/// How em() works.
struct EmOptions {
  std::uint32_t k = 2;                       ///< 1 .. number of points
  Covariance covariance = Covariance::full;  ///< what the components have in common
  /// k components with this `covariance` in the dimension of the points: weights 0 or more that add up to 1,
  /// covariances positive definite. None: the cells of kmeans() with k and seed.
  std::optional<Mixture> start{};
  /// (k, d), finite: without `start`, the cells of these means are taken in place of those of kmeans().
  std::vector<double> start_means{};
  std::uint32_t max_iterations = 1000;  ///< EM steps at most
  /// 0 or more. Converged when a step raises the log likelihood / total weight by less; 0: not tested.
  double likelihood_tolerance = 1e-10;
  /// 0 or more. Converged also when each coordinate of each mean moves by less, in standard deviations of the data in
  /// that dimension; 0: not tested.
  double parameter_tolerance = 0;
  /// Above 0, below 1. No component gets a variance below this part of the data's, in any direction.
  double variance_floor = 1e-6;
  std::uint32_t restarts_max = 2;  ///< of one component that shrank to the floor or lost its points
  std::uint64_t seed = 1;          ///< of k-means for the start; unused with `start`
};

/// What em() found.
struct EmResult {
  Mixture mixture;                        ///< after the last step
  std::vector<std::uint32_t> assignment;  ///< (n): the component with the largest responsibility
  double log_likelihood = 0;              ///< of `mixture`
  double bic = 0;                         ///< parameters * ln(total weight) - 2 log_likelihood: less is better
  std::uint32_t iterations = 0;           ///< EM steps
  bool converged = false;                 ///< by one of the tolerances
  std::uint32_t restarts = 0;             ///< in all
  std::vector<EmStep> history;            ///< one for each of `iterations`
};

/// Fits a mixture of Gaussians by expectation maximisation (PRML section 9.2.2). A collapsed component, one narrower
/// than the floor or without weight, is begun anew at the point that the mixture explains worst, at most restarts_max
/// times; then the floor holds it. Cost: O(n k d) a step, O(n k d^2) for tied and full.
[[nodiscard]] VQI_API EmResult em(const Points& points, const EmOptions& options, const RunOptions& run = {});

/// How anneal() works.
struct AnnealOptions {
  std::uint32_t k = 8;  ///< 1 .. number of points
  /// Finite. Above 0: the eps to begin with. 0: 1.1 times the largest eigenvalue of the data's covariance (in more than
  /// 256 dimensions 1.1 times its trace), where all means agree.
  double first_eps = 0;
  /// Finite. Above 0: no eps after the first is below it; at most first_eps, if that is given. 0: annealing ends before
  /// eps falls below a hundredth of the distortion per dimension, when assignments are all but hard, and in any case
  /// before it falls below 1e-9 of the first eps.
  double last_eps = 0;
  double cooling = 0.8;          ///< the factor from one eps to the next, above 0 and below 1
  std::uint32_t steps_max = 20;  ///< EM steps at one eps; 0 counts as 1
  bool learn_weights = false;    ///< weights are learned; false: all components stay equally likely, each 1 / k
  std::uint64_t seed = 1;        ///< of the noise that separates equal means
};

/// What anneal() found.
struct AnnealResult {
  KmeansResult clusters;            ///< after Lloyd's steps from the last means: a local optimum of k-means
  std::vector<AnnealStep> history;  ///< one for each eps
};

/// Deterministic annealing: EM with covariances eps I for all components, eps falling (Rose, Proc. IEEE 86(11), 1998),
/// whose limit is k-means (PRML section 9.3.2). It starts from one point, the mean, and splits as eps falls.
/// Cost: O(n k d) an EM step, in up to 256 dimensions O(n d^2 + d^3) once for the first eps unless it is given; then
/// Lloyd's steps, at most 300.
[[nodiscard]] VQI_API AnnealResult anneal(const Points& points, const AnnealOptions& options,
                                          const RunOptions& run = {});

}  // namespace vqi::cluster
