// Making the levels when they are first asked for, and the way from training vectors back to distinct ones.
#include "dataset.hpp"

#include <utility>

#include "coarse_set.hpp"

namespace vqi::detail {

/// All training vectors, and which distinct vectors they stand for (see JoinedVectors).
struct Dataset::Full {
  DatasetLevel level;
  std::vector<std::uint32_t> vector_of;
  std::vector<std::uint32_t> representative;

  Full(JoinedVectors joined, const ThreadPool& pool)
      : level(std::move(joined.vectors), pool),
        vector_of(std::move(joined.vector_of)),
        representative(std::move(joined.representative)) {}
};

Dataset::Dataset(const VectorCounts& distinct, const BlockGrid& grid, const ThreadPool& pool, Space space)
    : distinct_(distinct), grid_(grid), space_(grid, space), pool_(pool) {}

const Dataset::Full& Dataset::full() const {
  return *full_.get([&] { return std::make_shared<const Full>(join_vectors(distinct_, space_, pool_), pool_); });
}

const DatasetLevel& Dataset::all() const { return full().level; }

/// The levels of both cube sizes that make_coarse_sets makes at once.
struct Dataset::CoarsePair {
  DatasetLevel smaller_cubes;
  DatasetLevel larger_cubes;

  CoarsePair(CoarseSets sets, const ThreadPool& pool)
      : smaller_cubes(std::move(sets.smaller_cubes), pool), larger_cubes(std::move(sets.larger_cubes), pool) {}
};

const DatasetLevel& Dataset::coarse(std::uint32_t side_bits) const {
  if (distinct_.in_morton_order() && !space_.is_oklab() && side_bits >= coarse_side_bits) {
    const CoarsePair& pair = *coarse_pair_.get([&] {
      return std::make_shared<const CoarsePair>(make_coarse_sets(all().vectors(), coarse_side_bits, WorkPulse(pool_)),
                                                pool_);
    });
    return side_bits == coarse_side_bits ? pair.smaller_cubes : pair.larger_cubes;
  }
  return *coarse_[side_bits - 1].get([&] {
    // The largest cubes merge means, not vectors, which spares a pass over all vectors.
    const DatasetLevel& finer = side_bits > coarse_side_bits ? coarse(coarse_side_bits) : all();
    return std::make_unique<const DatasetLevel>(make_coarse_set(finer.vectors(), side_bits, WorkPulse(pool_)), pool_);
  });
}

std::size_t Dataset::vector_of(std::size_t d) const { return full().vector_of.empty() ? d : full().vector_of[d]; }

std::size_t Dataset::representative(std::size_t n) const {
  return full().representative.empty() ? n : full().representative[n];
}

std::vector<std::uint16_t> Dataset::indices_of_distinct(std::vector<std::uint16_t> indices) const {
  if (full().vector_of.empty()) {
    indices.resize(distinct_.size());
    return indices;
  }
  std::vector<std::uint16_t> index_of(distinct_.size());
  for (std::size_t d = 0; d < index_of.size(); ++d) index_of[d] = indices[full().vector_of[d]];
  return index_of;
}

}  // namespace vqi::detail
