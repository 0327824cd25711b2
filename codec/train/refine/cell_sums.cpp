// Sums in 64-bit integers, computed in parallel or moved between cells, and means and J from them.
#include "cell_sums.hpp"

#include <algorithm>

namespace vqi::detail {
namespace {

/// Each task of compute() has K * d sums of its own, so there are at most tasks_max tasks, and only one if there are
/// more sums than parallel_sums_max.
constexpr std::size_t parallel_sums_max = std::size_t{1} << 21;
constexpr std::size_t tasks_max = 8;
/// Steps of WorkPulse that finding the sums of one vector's cell takes.
constexpr std::uint64_t vector_steps = 16;

}  // namespace

CellSums::CellSums(const VectorSet& vectors, std::size_t k, WorkPulse pulse) : vectors_(&vectors), weights_(k) {
  constexpr std::uint64_t fresh_memory_steps = 4;  // for a sum
  sums_.reserve(k * vectors.dimension());
  pulse.in_portions(0, k * vectors.dimension(), fresh_memory_steps,
                    [&](std::size_t, std::size_t last) { sums_.resize(last); });
}

void CellSums::add(std::size_t vector, std::size_t cell, std::int64_t sign, std::span<std::int32_t> scratch) {
  vectors_->read_scaled(vector, scratch);
  const std::int64_t weight = sign * vectors_->weights()[vector];
  weights_[cell] += static_cast<std::uint64_t>(weight);
  std::int64_t* const sum = sums_.data() + cell * scratch.size();
  for (std::size_t i = 0; i < scratch.size(); ++i) sum[i] += weight * scratch[i];
}

void CellSums::compute(std::span<const std::uint16_t> indices, const ThreadPool& pool) {
  const std::size_t tasks = sums_.size() > parallel_sums_max ? 1 : std::min<std::size_t>(pool.threads(), tasks_max);
  std::vector<CellSums> parts;
  for (std::size_t t = 1; t < tasks; ++t) {
    parts.push_back(*this);
    std::fill(parts.back().weights_.begin(), parts.back().weights_.end(), 0);
    std::fill(parts.back().sums_.begin(), parts.back().sums_.end(), 0);
  }
  std::fill(weights_.begin(), weights_.end(), 0);
  std::fill(sums_.begin(), sums_.end(), 0);
  pool.for_each(tasks, [&](std::size_t t) {
    CellSums& part = t == 0 ? *this : parts[t - 1];
    const std::uint32_t dimension = vectors_->dimension();
    const auto add_vector = [&](std::size_t n, const std::int32_t* x) {
      const std::int64_t weight = vectors_->weights()[n];
      part.weights_[indices[n]] += static_cast<std::uint64_t>(weight);
      std::int64_t* const sum = part.sums_.data() + std::size_t{indices[n]} * dimension;
      for (std::uint32_t i = 0; i < dimension; ++i) sum[i] += weight * x[i];
    };
    WorkPulse(pool).in_portions(
        vectors_->size() * t / tasks, vectors_->size() * (t + 1) / tasks, dimension + vector_steps,
        [&](std::size_t first, std::size_t last) { vectors_->for_each_vector(first, last, add_vector); });
  });
  for (const CellSums& part : parts) {
    for (std::size_t k = 0; k < weights_.size(); ++k) weights_[k] += part.weights_[k];
    for (std::size_t i = 0; i < sums_.size(); ++i) sums_[i] += part.sums_[i];
  }
}

void CellSums::apply(std::span<const CellChange> changes, std::span<const std::uint16_t> indices, WorkPulse pulse) {
  std::vector<std::int32_t> scratch(vectors_->dimension());
  for (const CellChange& change : changes) {
    pulse.add(2 * (scratch.size() + vector_steps));
    add(change.vector, change.from, -1, scratch);
    add(change.vector, indices[change.vector], 1, scratch);
  }
}

void CellSums::move_to_means(FixedCodewords& codewords, WorkPulse pulse, std::size_t first) const {
  constexpr std::uint64_t division_steps = 8;
  for (std::size_t k = first; k < size(); ++k) {
    pulse.add(division_steps * vectors_->dimension());
    if (weights_[k] == 0) continue;
    const std::int64_t* const sum = sums_.data() + k * vectors_->dimension();
    for (std::uint32_t i = 0; i < vectors_->dimension(); ++i)
      codewords.row(k)[i] = static_cast<std::int32_t>(divide_round(sum[i], static_cast<std::int64_t>(weights_[k])));
  }
}

int128 CellSums::objective(const FixedCodewords& codewords, WorkPulse pulse) const {
  auto total = static_cast<int128>(vectors_->norm());
  for (std::size_t k = 0; k < size(); ++k) {
    pulse.add(std::uint64_t{2} * vectors_->dimension());
    if (weights_[k] == 0) continue;
    const std::int64_t* const sum = sums_.data() + k * vectors_->dimension();
    std::int64_t norm = 0;
    int128 product = 0;
    for (std::uint32_t i = 0; i < vectors_->dimension(); ++i) {
      const std::int64_t c = codewords.row(k)[i];
      norm += c * c;
      product += int128{sum[i]} * c;
    }
    total += int128{norm} * weights_[k] - 2 * product;
  }
  return total;
}

}  // namespace vqi::detail
