// Rounding codewords to samples, repairing unused ones, and averaging hidden colours.
#include "stored_codebook.hpp"

#include <cstddef>
#include <cstring>

#include "empty_cells.hpp"
#include "hidden_colours.hpp"
#include "nearest_search.hpp"
#include "pinned_alpha.hpp"
#include "training_space.hpp"
#include "vector_set.hpp"

namespace vqi::detail {
namespace {

/// Repairs rarely leave another cell empty; the bound only keeps a pathological set from looping.
constexpr int repair_rounds_max = 32;

/// Steps of WorkPulse that rounding a coordinate to a sample takes.
constexpr std::uint64_t rounding_steps = 16;

/// Sets codeword k of `fixed` to the coordinates of the stored codeword k.
void set_codeword(const TrainingSpace& space, const SampleArray& codewords, std::size_t k, FixedCodewords& fixed,
                  std::uint32_t fraction_bits) {
  space.to_coordinates(codewords.row(k), fixed.row(k));
  for (std::int32_t& value : fixed.row(k)) value *= 1 << fraction_bits;
}

/// The codewords that no index names.
std::vector<std::size_t> unused_codewords(std::span<const std::uint16_t> indices, std::size_t k_count) {
  std::vector<char> used(k_count);
  for (const std::uint16_t index : indices) used[index] = 1;
  std::vector<std::size_t> unused;
  for (std::size_t k = 0; k < k_count; ++k)
    if (used[k] == 0) unused.push_back(k);
  return unused;
}

}  // namespace

StoredCodebook store_codebook(const FixedCodewords& trained, const Dataset& dataset, WorkPulse pulse) {
  const TrainingSpace& space = dataset.space();
  const NearestSearch& search = dataset.all().search();
  const VectorSet& vectors = dataset.all().vectors();
  const std::uint32_t fraction_bits = space.fixed_point().fraction_bits();
  const std::size_t k_count = trained.size();
  const PinnedAlpha alpha(dataset);
  FixedCodewords fixed = trained;
  alpha.pin(fixed);
  StoredCodebook stored{SampleArray(k_count, space.dimension(), space.bit_depth()),
                        std::vector<std::uint16_t>(search.padded_size())};
  for (std::size_t k = 0; k < k_count; ++k) {
    pulse.add(rounding_steps * space.dimension());
    space.to_samples(fixed.row(k), fraction_bits, stored.codewords.row(k));
    set_codeword(space, stored.codewords, k, fixed, fraction_bits);
  }
  for (int round = 0; round < repair_rounds_max; ++round) {
    search.assign(fixed, stored.indices, nullptr);
    alpha.obey(fixed, stored.indices);
    const std::vector<std::size_t> empty = unused_codewords(std::span(stored.indices).first(vectors.size()), k_count);
    if (empty.empty()) break;
    const std::vector<std::size_t> worst = find_worst_served(search, vectors, fixed, stored.indices, empty.size());
    for (std::size_t i = 0; i < worst.size(); ++i) {
      const std::size_t distinct = dataset.representative(worst[i]);
      std::memcpy(stored.codewords.row(empty[i]), dataset.distinct().samples().row(distinct),
                  stored.codewords.row_bytes());
      set_codeword(space, stored.codewords, empty[i], fixed, fraction_bits);
    }
  }
  return stored;
}

void fill_hidden_colours(const DistinctVectors& distinct, std::span<const std::uint16_t> index_of,
                         std::uint32_t channels, SampleArray& codewords, WorkPulse pulse) {
  const std::uint32_t dimension = codewords.dimension();
  std::vector<bool> hidden(codewords.rows());
  for (std::size_t k = 0; k < codewords.rows(); ++k)
    for (std::uint32_t i = channels - 1; i < dimension; i += channels)
      if (codewords.at(k, i) == 0) hidden[k] = true;
  std::vector<std::uint64_t> weights(codewords.rows());
  std::vector<std::uint64_t> sums(codewords.rows() * dimension);
  for (std::size_t n = 0; n < distinct.size(); ++n) {
    pulse.add(dimension);
    const std::size_t k = index_of[n];
    if (!hidden[k]) continue;
    weights[k] += distinct.counts()[n];
    for (std::uint32_t i = 0; i < dimension; ++i)
      sums[k * dimension + i] += std::uint64_t{distinct.counts()[n]} * distinct.samples().at(n, i);
  }
  for (std::size_t k = 0; k < codewords.rows(); ++k) {
    if (!hidden[k] || weights[k] == 0) continue;
    show_hidden_colours(codewords.row(k), channels, codewords.bit_depth(),
                        std::span(sums).subspan(k * dimension, dimension), weights[k]);
  }
}

}  // namespace vqi::detail
