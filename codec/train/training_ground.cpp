// TrainingGround: an image's distinct vectors, ready for training at any K.
#include "training_ground.hpp"

namespace vqi {
namespace {

/// From this K on, opaque and transparent pixels stay exactly that (see TrainingSpace).
constexpr std::uint32_t classes_k_min = 16;

}  // namespace

TrainingPoints::TrainingPoints(const DistinctVectors& distinct, const BlockGrid& grid, bool classes,
                               const ThreadPool& pool)
    : space(grid, classes), set(TrainingSet::make(distinct, space, pool)), grounds(set.points, pool) {}

const TrainingPoints& TrainingGround::points(std::uint32_t k) const {
  const bool classes = grid_.has_alpha() && grid_.single_pixels() && k >= classes_k_min;
  return *points_[classes ? 1 : 0].get(
      [&] { return std::make_unique<const TrainingPoints>(distinct_, grid_, classes, pool_); });
}

}  // namespace vqi
