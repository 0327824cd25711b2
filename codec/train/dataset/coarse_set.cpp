// Merging runs of vectors that lie in the same cube, for two sizes of cubes in one pass.
#include "coarse_set.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

#include "assert.hpp"
#include "integer.hpp"

namespace vqi::detail {
namespace {

/// The rounding of a mean that lies halfway between two multiples of 2^-F.
enum class Halves { up, away_from_zero };

/// The integer nearest to sum / weight.
std::int32_t rounded_mean(std::int64_t sum, std::uint64_t weight, Halves halves) {
  const auto divisor = static_cast<std::int64_t>(weight);
  if (halves == Halves::away_from_zero) return static_cast<std::int32_t>(divide_round(sum, divisor));
  const std::int64_t dividend = 2 * sum + divisor;
  const std::int64_t quotient = dividend / (2 * divisor);
  return static_cast<std::int32_t>(dividend % (2 * divisor) < 0 ? quotient - 1 : quotient);
}

/// The sum over the current cube, for vectors of D coordinates.
template <std::size_t D>
class CubeSum {
 public:
  /// Appends means to `means`. If `larger` is not null, it gets the sum of each cube; its cubes have twice the side.
  CubeSum(VectorSet& means, std::uint32_t side_bits, Halves halves, CubeSum* larger)
      : means_(means), shift_(side_bits + means.fixed_point().fraction_bits()), halves_(halves), larger_(larger) {}

  void add(const std::int32_t* x, std::uint32_t weight) {
    begin_at(x);
    for (std::size_t i = 0; i < D; ++i) sum_[i] += std::int64_t{weight} * x[i];
    weight_ += weight;
  }

  /// Appends the mean of the current cube, if it has vectors.
  void finish() {
    if (weight_ == 0) return;
    if (larger_ != nullptr) larger_->add(*this);
    std::array<std::int32_t, D> mean;
    for (std::size_t i = 0; i < D; ++i) mean[i] = rounded_mean(sum_[i], weight_, halves_);
    means_.append(mean, static_cast<std::uint32_t>(weight_));
    sum_ = {};
    weight_ = 0;
  }

 private:
  void add(const CubeSum& smaller) {
    begin_at(smaller.first_.data());
    for (std::size_t i = 0; i < D; ++i) sum_[i] += smaller.sum_[i];
    weight_ += smaller.weight_;
  }

  /// Finishes the current cube and begins the cube of `x`, unless both are the same.
  void begin_at(const std::int32_t* x) {
    if (weight_ != 0 && in_cube(x)) return;
    finish();
    std::copy_n(x, D, first_.begin());
  }

  /// True if `x` lies in the current cube. An arithmetic shift rounds down, so cubes have one size on both sides of
  /// zero.
  [[nodiscard]] bool in_cube(const std::int32_t* x) const noexcept {
    std::int32_t differing = 0;
    for (std::size_t i = 0; i < D; ++i) differing |= (x[i] ^ first_[i]) >> shift_;
    return differing == 0;
  }

  VectorSet& means_;
  std::uint32_t shift_;
  Halves halves_;
  CubeSum* larger_;
  std::array<std::int32_t, D> first_{};  // a vector of the cube
  std::array<std::int64_t, D> sum_{};
  std::uint64_t weight_ = 0;
};

/// Appends the means of cubes to `means`, and the means of cubes of twice the side to `larger_means` unless it is null.
template <std::size_t D>
void merge_cubes(const VectorSet& vectors, std::uint32_t side_bits, Halves halves, VectorSet& means,
                 VectorSet* larger_means, WorkPulse pulse) {
  constexpr std::uint64_t vector_steps = 32;  // with taking fresh memory for its mean
  std::optional<CubeSum<D>> larger;
  if (larger_means != nullptr) larger.emplace(*larger_means, side_bits + 1, halves, nullptr);
  CubeSum<D> cube(means, side_bits, halves, larger ? &*larger : nullptr);
  pulse.in_portions(0, vectors.size(), vector_steps, [&](std::size_t first, std::size_t last) {
    vectors.for_each_vector(first, last,
                            [&](std::size_t n, const std::int32_t* x) { cube.add(x, vectors.weights()[n]); });
  });
  cube.finish();
  if (larger) larger->finish();
}

void merge(const VectorSet& vectors, std::uint32_t side_bits, Halves halves, VectorSet& means, VectorSet* larger_means,
           WorkPulse pulse) {
  constexpr std::array<decltype(&merge_cubes<1>), coarse_dimensions_max> by_dimension{
      merge_cubes<1>, merge_cubes<2>, merge_cubes<3>, merge_cubes<4>, merge_cubes<5>, merge_cubes<6>};
  VQI_ASSERT(vectors.dimension() <= coarse_dimensions_max);
  by_dimension[vectors.dimension() - 1](vectors, side_bits, halves, means, larger_means, pulse);
  means.finish();
  if (larger_means != nullptr) larger_means->finish();
}

}  // namespace

VectorSet make_coarse_set(const VectorSet& vectors, std::uint32_t side_bits, WorkPulse pulse) {
  VectorSet means(vectors.fixed_point(), vectors.size());
  merge(vectors, side_bits, Halves::away_from_zero, means, nullptr, pulse);
  return means;
}

CoarseSets make_coarse_sets(const VectorSet& vectors, std::uint32_t side_bits, WorkPulse pulse) {
  CoarseSets sets{VectorSet(vectors.fixed_point(), vectors.size()), VectorSet(vectors.fixed_point(), vectors.size())};
  merge(vectors, side_bits, Halves::up, sets.smaller_cubes, &sets.larger_cubes, pulse);
  return sets;
}

}  // namespace vqi::detail
