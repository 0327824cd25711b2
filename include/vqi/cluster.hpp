// Clustering of any data: k-means, mixtures of Gaussians by EM, annealing, and the gap statistic.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <ranges>
#include <span>
#include <type_traits>
#include <vector>

#include "vqi/error.hpp"
#include "vqi/export.hpp"
#include "vqi/options.hpp"

namespace vqi::cluster {

/// n weighted points of d coordinates.
class Points {
 public:
  /// `values` is (n, d) row-major, of any integer or floating-point type (64-bit integers are rounded to doubles);
  /// `weights` has n numbers, or none for equal weights of 1. Throws Error{invalid_option} unless there is a point,
  /// the shapes fit, every value is finite, and the weights are finite, not negative and not all 0.
  template <typename Values>
  requires std::is_arithmetic_v<std::ranges::range_value_t<Values>> Points(const Values& values,
                                                                           std::uint32_t dimension,
                                                                           std::span<const double> weights = {})
      : Points(std::vector<double>(std::ranges::begin(values), std::ranges::end(values)), dimension,
               std::vector<double>(weights.begin(), weights.end())) {}
  VQI_API Points(std::vector<double> values, std::uint32_t dimension, std::vector<double> weights = {});

  [[nodiscard]] std::size_t size() const noexcept { return weights_.size(); }
  [[nodiscard]] std::uint32_t dimension() const noexcept { return dimension_; }
  [[nodiscard]] std::span<const double> row(std::size_t n) const noexcept {
    return std::span(values_).subspan(n * dimension_, dimension_);
  }
  [[nodiscard]] double weight(std::size_t n) const noexcept { return weights_[n]; }
  [[nodiscard]] double total_weight() const noexcept { return total_weight_; }

 private:
  std::vector<double> values_;
  std::uint32_t dimension_;
  std::vector<double> weights_;
  double total_weight_ = 0;
};

/// What all calls take.
struct RunOptions {
  std::uint64_t seed = 1;     ///< of the random numbers; the same seed gives the same result on every machine
  std::uint32_t threads = 0;  ///< 0: as many as the machine has; never changes a result
  ProgressCallback progress;  ///< may be empty
};

using vqi::Covariance;

/// p(x) = sum over k of weights[k] N(x | means[k], covariance k).
struct Mixture {
  Covariance covariance = Covariance::full;
  std::uint32_t dimension = 1;
  std::vector<double> weights;      ///< (k): pi_k, their sum is 1
  std::vector<double> means;        ///< (k, d) row-major
  std::vector<double> covariances;  ///< tied_spherical (1), spherical (k), diagonal (k, d), tied (d, d), full (k, d, d)

  [[nodiscard]] std::size_t size() const noexcept { return weights.size(); }
};

struct KmeansOptions {
  std::uint32_t k = 8;                 ///< 1 .. number of points
  std::uint32_t max_iterations = 300;  ///< Lloyd's steps at the most
  std::uint32_t starts = 8;            ///< k-means++ starts, of which the best counts
  std::vector<double> means;           ///< (k, d): start here instead; none: k-means++
  double lambda = 0;  ///< above 0: entropy-constrained, minimises J - lambda sum w log2 pi of the cells
  RunOptions run;
};

struct KmeansStep {
  double objective = 0;              ///< sum w |x - mu|^2 before the means move; with lambda, the rate included
  std::uint64_t changed_points = 0;  ///< to another cell
  std::uint32_t repaired_cells = 0;  ///< empty cells that were given the point served worst
};

struct KmeansResult {
  std::vector<double> means;              ///< (k, d)
  std::vector<std::uint32_t> assignment;  ///< (n): the nearest mean, the lowest of equally near ones
  std::vector<double> weights;            ///< (k): each cell's part of the total weight
  double objective = 0;                   ///< J = sum w |x - mu|^2 over the points and their means (PRML 9.1)
  std::uint32_t iterations = 0;
  bool converged = false;  ///< the last step moved no point
  std::vector<KmeansStep> history;
};

/// k-means by Lloyd's steps (PRML section 9.1), from k-means++ (Arthur and Vassilvitskii, SODA 2007). With lambda it is
/// Chou, Lookabaugh and Gray's entropy-constrained vector quantization (IEEE Trans. ASSP 37(1), 1989) with the ideal
/// code length of each cell as its rate; cells that lose all points are then left empty, at weight 0.
/// Cost: O(n k d) a step. Throws Error{invalid_option, cancelled}, as all functions below do.
[[nodiscard]] VQI_API KmeansResult kmeans(const Points& points, const KmeansOptions& options);

struct EmOptions {
  std::uint32_t k = 2;  ///< 1 .. number of points
  Covariance covariance = Covariance::full;
  std::optional<Mixture> start;         ///< none: the cells of kmeans() with the same seed
  std::uint32_t max_iterations = 1000;  ///< EM steps at the most
  double likelihood_tolerance = 1e-10;  ///< converged when the mean log likelihood rises by less; 0: not looked at
  double parameter_tolerance = 0;       ///< or when no mean moves by more standard deviations of the data; likewise
  double variance_floor = 1e-6;         ///< of the data's variance: no component gets narrower in any direction
  std::uint32_t restarts_max = 2;       ///< of one component that shrank to the floor or lost its points
  RunOptions run;
};

struct EmStep {
  double log_likelihood = 0;    ///< sum w ln p(x) before the step (PRML 9.28); falls only behind a restart
  std::uint32_t restarted = 0;  ///< collapsed components that the step began anew
};

struct EmResult {
  Mixture mixture;
  std::vector<std::uint32_t> assignment;  ///< (n): the component with the largest responsibility
  double log_likelihood = 0;              ///< of `mixture`
  double bic = 0;                         ///< parameters * ln(total weight) - 2 log_likelihood: less is better
  std::uint32_t iterations = 0;
  bool converged = false;
  std::uint32_t restarts = 0;  ///< in all
  std::vector<EmStep> history;
};

/// Fits a mixture of Gaussians by expectation maximisation (PRML section 9.2.2). A collapsed component, one narrower
/// than the floor or without weight, is begun anew at the point that the mixture explains worst, at most restarts_max
/// times; then the floor holds it. Cost: O(n k d) a step, O(n k d^2) for tied and full.
[[nodiscard]] VQI_API EmResult em(const Points& points, const EmOptions& options);

struct AnnealOptions {
  std::uint32_t k = 8;   ///< 1 .. number of points
  double first_eps = 0;  ///< 0: just above the largest eigenvalue of the data's covariance, where all means agree
  double last_eps = 0;   ///< 0: a hundredth of the distortion per dimension, when assignments are all but hard
  double cooling = 0.8;  ///< from one eps to the next, above 0 and below 1
  std::uint32_t steps_max = 20;  ///< EM steps at one eps
  bool keep_priors = false;      ///< weights are learned; else all components stay equally likely
  RunOptions run;
};

struct AnnealStep {
  double eps = 0;
  double distortion = 0;    ///< sum w r |x - mu|^2 / total weight: that of the soft assignment
  std::uint32_t steps = 0;  ///< EM steps taken at this eps
};

struct AnnealResult {
  KmeansResult clusters;  ///< after Lloyd's steps from the last means: a local optimum of k-means
  std::vector<AnnealStep> history;
};

/// Deterministic annealing: EM with covariances eps I for all components, eps falling (Rose, Proc. IEEE 86(11), 1998),
/// whose limit is k-means (PRML section 9.3.2). It starts from one point, the mean, and splits as eps falls.
[[nodiscard]] VQI_API AnnealResult anneal(const Points& points, const AnnealOptions& options);

/// Where the reference points of the gap statistic lie.
enum class GapBox {
  uniform,    ///< in the box of the data's ranges
  principal,  ///< in the box along the data's principal axes
};

/// How gaps choose K; names and meaning are those of maxSE in R's package cluster.
enum class GapRule { tibs2001_se_max, first_se_max, global_se_max, first_max, global_max };

struct GapOptions {
  std::uint32_t k_max = 32;       ///< K from 1 to this, or to the number of different points less 1
  std::uint32_t references = 20;  ///< B, reference sets
  GapBox box = GapBox::principal;
  GapRule rule = GapRule::tibs2001_se_max;
  std::uint32_t starts = 4;  ///< of each k-means
  RunOptions run;
};

struct GapRow {
  std::uint32_t k = 0;
  double log_w = 0;           ///< ln of W_k = sum w |x - mu|^2
  double expected_log_w = 0;  ///< mean over the reference sets
  double gap = 0;             ///< expected_log_w - log_w
  double error = 0;           ///< s_k: standard deviation over the reference sets * sqrt(1 + 1 / B)
};

struct GapResult {
  std::uint32_t k = 1;       ///< the number of clusters that the rule chooses
  std::uint64_t points = 0;  ///< that were clustered, each with its weight
  std::vector<GapRow> rows;
};

/// The number of clusters by the gap statistic: Tibshirani, Walther and Hastie, J. Royal Statistical Society B 63(2),
/// 2001. Reference sets have as many points as the data, with the same weights. Cost: B + 1 times k-means for each K.
[[nodiscard]] VQI_API GapResult gap(const Points& points, const GapOptions& options);

/// The K that `rule` takes from rows K = 1, 2 ...; there is at least one.
[[nodiscard]] VQI_API std::uint32_t choose_by_gap(std::span<const GapRow> rows, GapRule rule);

}  // namespace vqi::cluster
