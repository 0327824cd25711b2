// Lloyd's steps under a constraint: a mean whose alpha is given is best in all other coordinates as it was.
#include "pinned_alpha.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>

#include "cell_sums.hpp"
#include "integer.hpp"
#include "nearest_search.hpp"
#include "training_space.hpp"
#include "vector_set.hpp"
#include "work_pulse.hpp"

namespace vqi::detail {
namespace {

/// Lloyd's steps after codewords were pinned. With many codewords a pinned one hardly differs from the mean.
constexpr int steps_of_few = 8;
constexpr int steps_of_many = 2;
constexpr std::size_t few_codewords = 16;

std::size_t number_of(Opacity kind) { return static_cast<std::size_t>(kind); }

}  // namespace

/// Sums over cells, and their weights by kind.
struct PinnedAlpha::Cells {
  CellSums sums;
  std::vector<std::array<std::uint64_t, 3>> weights;
};

PinnedAlpha::PinnedAlpha(const Dataset& dataset) : dataset_(dataset) {
  if (!dataset.grid().has_alpha()) return;
  const VectorSet& vectors = dataset.all().vectors();
  const std::uint32_t bits = vectors.fixed_point().fraction_bits();
  opacities_.resize(vectors.size());
  WorkPulse pulse(dataset.pool());
  vectors.for_each_vector(0, vectors.size(), [&](std::size_t n, const std::int32_t* vector) {
    pulse.add(dataset.space().dimension());
    opacities_[n] = dataset.space().opacity_of(vector, bits);
    any_opaque_ |= opacities_[n] == Opacity::opaque;
    any_transparent_ |= opacities_[n] == Opacity::transparent;
  });
}

std::vector<Opacity> PinnedAlpha::choose_kinds(const Cells& cells, const FixedCodewords& codewords,
                                               std::size_t fixed) const {
  std::vector<Opacity> kinds(cells.weights.size());
  const auto is_fixed = [&](Opacity kind) {
    const std::uint32_t bits = dataset_.space().fixed_point().fraction_bits();
    for (std::size_t k = 0; k < fixed; ++k)
      if (dataset_.space().opacity_of(codewords.row(k).data(), bits) == kind) return true;
    return false;
  };
  // The codeword without a kind yet whose cell has the most of `kind`, the lowest of several.
  const auto most = [&](Opacity kind) {
    std::size_t best = kinds.size();
    for (std::size_t k = fixed; k < kinds.size(); ++k) {
      if (kinds[k] != Opacity::mixed) continue;
      if (best == kinds.size() || cells.weights[k][number_of(kind)] > cells.weights[best][number_of(kind)]) best = k;
    }
    return best;
  };
  const auto give = [&](Opacity kind) {
    if (is_fixed(kind)) return;
    const std::size_t k = most(kind);
    if (k < kinds.size()) kinds[k] = kind;  // beside fixed codewords there may be one left for two kinds
  };
  if (any_transparent_) give(Opacity::transparent);
  if (any_opaque_) give(Opacity::opaque);
  for (std::size_t k = fixed; k < kinds.size(); ++k) {
    const std::array<std::uint64_t, 3>& weight = cells.weights[k];
    const std::uint64_t total = weight[0] + weight[1] + weight[2];
    if (kinds[k] == Opacity::mixed && 2 * weight[number_of(Opacity::opaque)] > total) kinds[k] = Opacity::opaque;
  }
  return kinds;
}

void PinnedAlpha::move_to_means(const Cells& cells, std::span<const Opacity> kinds, std::size_t fixed,
                                FixedCodewords& codewords) const {
  cells.sums.move_to_means(codewords, WorkPulse(dataset_.pool()), fixed);
  const std::uint32_t bits = dataset_.space().fixed_point().fraction_bits();
  for (std::size_t k = 0; k < codewords.size(); ++k) dataset_.space().pin(kinds[k], codewords.row(k), bits);
}

void PinnedAlpha::pin(FixedCodewords& codewords, std::size_t fixed) const {
  const std::size_t k_count = codewords.size();
  if ((!any_opaque_ && !any_transparent_) || k_count < 2 || fixed == k_count) return;
  const VectorSet& vectors = dataset_.all().vectors();
  std::vector<std::uint16_t> indices(dataset_.all().search().padded_size());
  std::vector<Opacity> kinds;
  WorkPulse pulse(dataset_.pool());
  const int steps = k_count < few_codewords ? steps_of_few : steps_of_many;
  for (int step = 0; step < steps; ++step) {
    dataset_.all().search().assign(codewords, indices, nullptr);
    if (!kinds.empty()) obey(codewords, indices);
    Cells cells{CellSums(vectors, k_count, pulse), std::vector<std::array<std::uint64_t, 3>>(k_count)};
    cells.sums.compute(indices, dataset_.pool());
    pulse.in_portions(0, vectors.size(), 1, [&](std::size_t first, std::size_t last) {
      for (std::size_t n = first; n < last; ++n)
        cells.weights[indices[n]][number_of(opacities_[n])] += vectors.weights()[n];
    });
    if (kinds.empty()) kinds = choose_kinds(cells, codewords, fixed);
    move_to_means(cells, kinds, fixed, codewords);
  }
}

void PinnedAlpha::obey(const FixedCodewords& codewords, std::span<std::uint16_t> indices) const {
  if (opacities_.empty()) return;
  const std::uint32_t bits = dataset_.space().fixed_point().fraction_bits();
  std::vector<Opacity> kinds(codewords.size());
  for (std::size_t k = 0; k < kinds.size(); ++k) kinds[k] = dataset_.space().opacity_of(codewords.row(k).data(), bits);
  std::vector<std::int32_t> vector(codewords.dimension);
  WorkPulse pulse(dataset_.pool());
  for (std::size_t n = 0; n < opacities_.size(); ++n) {
    pulse.add(1);
    if (opacities_[n] == Opacity::mixed || kinds[indices[n]] == opacities_[n]) continue;
    pulse.add(kinds.size() * codewords.dimension);
    dataset_.all().vectors().read_scaled(n, vector);
    std::uint64_t least = std::numeric_limits<std::uint64_t>::max();
    for (std::size_t k = 0; k < kinds.size(); ++k) {
      if (kinds[k] != opacities_[n]) continue;
      std::uint64_t distance_sq = 0;
      for (std::uint32_t i = 0; i < codewords.dimension; ++i) {
        const std::int64_t difference = std::int64_t{codewords.row(k)[i]} - vector[i];
        distance_sq += static_cast<std::uint64_t>(difference * difference);
      }
      if (distance_sq >= least) continue;
      least = distance_sq;
      indices[n] = static_cast<std::uint16_t>(k);
    }
  }
}

}  // namespace vqi::detail
