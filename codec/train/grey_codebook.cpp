// The dynamic program over intervals, one row for each number of cells, filled by divide and conquer.
#include "grey_codebook.hpp"

#include <algorithm>
#include <utility>

#include "assert.hpp"
#include "integer.hpp"

namespace vqi::detail {
namespace {

/// Steps of WorkPulse for one entry of a row of the program, which divide and conquer visits some ten times.
constexpr std::uint32_t row_passes = 256;

/// The exact distortion of any interval in constant time, by prefix sums.
class IntervalCosts {
 public:
  IntervalCosts(std::span<const std::uint32_t> values, std::span<const std::uint64_t> weights)
      : weight_(values.size() + 1), sum_(values.size() + 1), square_(values.size() + 1) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      const uint128 product = uint128{weights[i]} * values[i];
      weight_[i + 1] = weight_[i] + weights[i];
      sum_[i + 1] = sum_[i] + product;
      square_[i + 1] = square_[i] + product * values[i];
    }
  }

  /// The mean of the values begin .. end - 1, rounded to an integer.
  [[nodiscard]] std::uint64_t mean(std::size_t begin, std::size_t end) const {
    return static_cast<std::uint64_t>(divide_round<uint128>(sum_[end] - sum_[begin], weight_[end] - weight_[begin]));
  }

  /// sum w (x - c)^2, where c is the rounded mean.
  [[nodiscard]] uint128 operator()(std::size_t begin, std::size_t end) const {
    if (begin == end) return 0;
    const uint128 weight = weight_[end] - weight_[begin];
    const uint128 sum = sum_[end] - sum_[begin];
    const uint128 c = mean(begin, end);
    return square_[end] - square_[begin] + c * c * weight - 2 * c * sum;
  }

 private:
  std::vector<std::uint64_t> weight_;
  std::vector<uint128> sum_;
  std::vector<uint128> square_;
};

/// One row of the program: `least`[i] is the least cost of the first i values in k cells, from `before`, the row of
/// k - 1 cells; `cut`[i] is the number of values in the first k - 1 of these cells.
class ProgramRow {
 public:
  ProgramRow(const IntervalCosts& cost, const std::vector<uint128>& before, std::vector<uint128>& least,
             std::span<std::uint32_t> cut)
      : cost_(cost), before_(before), least_(least), cut_(cut) {}

  /// Fills the entries low .. high, whose best cuts are in cut_low .. cut_high.
  void fill(std::size_t low, std::size_t high, std::size_t cut_low, std::size_t cut_high) {
    if (low > high) return;
    const std::size_t middle = low + (high - low) / 2;
    uint128 best = ~uint128{0};
    std::size_t best_cut = cut_low;
    for (std::size_t j = cut_low; j <= std::min(cut_high, middle - 1); ++j) {
      const uint128 total = before_[j] + cost_(j, middle);
      if (total < best) {
        best = total;
        best_cut = j;
      }
    }
    least_[middle] = best;
    cut_[middle] = static_cast<std::uint32_t>(best_cut);
    if (middle > low) fill(low, middle - 1, cut_low, best_cut);
    fill(middle + 1, high, best_cut, cut_high);
  }

 private:
  const IntervalCosts& cost_;
  const std::vector<uint128>& before_;
  std::vector<uint128>& least_;
  std::span<std::uint32_t> cut_;
};

}  // namespace

std::vector<std::uint32_t> optimal_intervals(std::span<const std::uint32_t> values,
                                             std::span<const std::uint64_t> weights, std::uint32_t k, WorkPulse pulse) {
  const std::size_t count = values.size();
  VQI_ASSERT(k >= 1 && k <= count);
  const IntervalCosts cost(values, weights);
  std::vector<uint128> before(count + 1);
  for (std::size_t i = 1; i <= count; ++i) before[i] = cost(0, i);
  std::vector<uint128> least(count + 1);
  std::vector<std::uint32_t> cuts((count + 1) * (k - 1));
  const std::uint64_t row_steps = std::uint64_t{row_passes} * count;
  for (std::uint32_t cells = 2; cells <= k; ++cells) {
    pulse.add(row_steps);
    // Every cell has at least one value, so the first i values make `cells` cells only if i >= cells.
    ProgramRow(cost, before, least, std::span(cuts).subspan((cells - 2) * (count + 1), count + 1))
        .fill(cells, count, cells - 1, count - 1);
    std::swap(before, least);
  }
  std::vector<std::uint32_t> bounds(k + 1);
  bounds[k] = static_cast<std::uint32_t>(count);
  for (std::uint32_t cells = k; cells >= 2; --cells)
    bounds[cells - 1] = cuts[(cells - 2) * (count + 1) + bounds[cells]];
  return bounds;
}

std::uint32_t rounded_mean(std::span<const std::uint32_t> values, std::span<const std::uint64_t> weights,
                           std::size_t begin, std::size_t end) {
  return static_cast<std::uint32_t>(
      IntervalCosts(values.subspan(begin, end - begin), weights.subspan(begin, end - begin)).mean(0, end - begin));
}

}  // namespace vqi::detail
