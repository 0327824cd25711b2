// SearchGrounds: a set of vectors and its coarse sets, ready to judge and find codebooks of any size.
#include "search_grounds.hpp"

#include <utility>

#include "coarse_set.hpp"

namespace vqi {

const NearestSearch& SearchGround::search() const {
  return *search_.get([&] { return std::make_unique<const NearestSearch>(vectors_, pool_); });
}

const PointRows& SearchGround::rows() const {
  return rows_.get([&] { return PointRows(vectors_); });
}

/// A coarse set with the ground over it.
struct SearchGrounds::CoarseGround {
  VectorSet vectors;
  SearchGround ground;

  CoarseGround(VectorSet coarse, const ThreadPool& pool) : vectors(std::move(coarse)), ground(vectors, pool) {}
};

const SearchGround& SearchGrounds::coarse(std::uint32_t side_bits) const {
  return coarse_[side_bits - 1]
      .get([&] {
        // Means of means, so that the largest cubes need no pass over all vectors.
        const VectorSet& finer = side_bits > coarse_side_bits ? coarse(coarse_side_bits).vectors() : all_.vectors();
        return std::make_shared<const CoarseGround>(make_coarse_set(finer, side_bits), pool_);
      })
      ->ground;
}

}  // namespace vqi
