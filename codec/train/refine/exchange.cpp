// Costs of all cells for one vector, from columns of means that follow each move.
#include "exchange.hpp"

#include <algorithm>
#include <limits>
#include <vector>

namespace vqi::detail {
namespace {

/// A move must save this part of what the vector costs where it is, so that rounding never makes vectors go in circles.
constexpr double least_saving = 1e-9;

/// More than 2^53 times the weight of any vector: in doubles N w / (N + w) is w.
constexpr double weight_of_fixed = 1e200;

/// Means and weights of cells in doubles, coordinate by coordinate. Cells whose codewords are fixed have them in place
/// of means, and a weight beside which that of any vector is nothing: none pulls them.
class MeanColumns {
 public:
  MeanColumns(const CellSums& sums, std::size_t dimension, const FixedCodewords& fixed)
      : sums_(sums),
        k_count_(sums.size()),
        fixed_count_(fixed.size()),
        columns_(dimension * sums.size()),
        weights_(sums.size()) {
    for (std::size_t k = 0; k < fixed_count_; ++k) {
      weights_[k] = weight_of_fixed;
      for (std::size_t i = 0; i < dimension; ++i) columns_[i * k_count_ + k] = fixed.row(k)[i];
    }
    for (std::size_t k = fixed_count_; k < k_count_; ++k) refresh(k);
  }

  /// Takes over the mean of cell k, unless its codeword is fixed.
  void refresh(std::size_t k) {
    if (k < fixed_count_) return;
    weights_[k] = static_cast<double>(sums_.weight(k));
    const std::span<const std::int64_t> sum = sums_.sum(k);
    for (std::size_t i = 0; i < sum.size(); ++i)
      columns_[i * k_count_ + k] = static_cast<double>(sum[i]) / std::max(weights_[k], 1.0);
  }

  /// Squared distances to all means.
  void distances_sq(std::span<const std::int32_t> vector, std::vector<double>& distances) const {
    distances.assign(k_count_, 0.0);
    for (std::size_t i = 0; i < vector.size(); ++i) {
      const double* const column = columns_.data() + i * k_count_;
      const double own = vector[i];
      for (std::size_t k = 0; k < k_count_; ++k) {
        const double delta = column[k] - own;
        distances[k] += delta * delta;
      }
    }
  }

  /// What a vector of this weight adds to J in each other cell: N w / (N + w) |x - mu|^2.
  void costs(double weight, std::vector<double>& distances) const {
    for (std::size_t k = 0; k < k_count_; ++k) distances[k] *= weights_[k] / (weights_[k] + weight);
  }

  [[nodiscard]] double weight(std::size_t k) const noexcept { return weights_[k]; }

 private:
  const CellSums& sums_;
  std::size_t k_count_;
  std::size_t fixed_count_;
  std::vector<double> columns_;  // (d, k)
  std::vector<double> weights_;
};

}  // namespace

std::size_t exchange(const VectorSet& vectors, const CellFilter& may_be_in, int passes_max, CellSums& sums,
                     std::span<std::uint16_t> indices, WorkPulse pulse, const FixedCodewords& fixed) {
  MeanColumns means(sums, vectors.dimension(), fixed);
  std::vector<std::int32_t> vector(vectors.dimension());
  std::vector<double> costs;
  std::size_t moves = 0;
  for (int pass = 0; pass < passes_max; ++pass) {
    const std::size_t moves_before = moves;
    for (std::size_t n = 0; n < vectors.size(); ++n) {
      pulse.add(sums.size() * vectors.dimension() / 2);
      const std::uint16_t from = indices[n];
      const auto weight = static_cast<double>(vectors.weights()[n]);
      if (from >= fixed.size() && sums.weight(from) == vectors.weights()[n]) continue;
      vectors.read_scaled(n, vector);
      means.distances_sq(vector, costs);
      // Without the vector its own cell's J falls by N w / (N - w) |x - mu|^2.
      const double saved = costs[from] * means.weight(from) / (means.weight(from) - weight);
      means.costs(weight, costs);
      costs[from] = std::numeric_limits<double>::max();
      double least = saved * (1 - least_saving);
      std::size_t best = from;
      for (std::size_t k = 0; k < costs.size(); ++k) {
        if (costs[k] >= least || (may_be_in && !may_be_in(n, k))) continue;
        least = costs[k];
        best = k;
      }
      if (best == from) continue;
      indices[n] = static_cast<std::uint16_t>(best);
      const CellChange change{static_cast<std::uint32_t>(n), from};
      sums.apply({&change, 1}, indices);
      means.refresh(from);
      means.refresh(best);
      ++moves;
    }
    if (moves == moves_before) break;
  }
  return moves;
}

}  // namespace vqi::detail
