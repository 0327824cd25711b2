// TrainingGround: an image's distinct vectors, ready for training at any K.
#include "training_ground.hpp"

namespace vqi::detail {
namespace {

/// From this K on, opaque and transparent pixels stay exactly that (see TrainingSpace).
constexpr std::uint32_t classes_k_min = 16;

}  // namespace

TrainingPoints::TrainingPoints(const DistinctVectors& distinct, const BlockGrid& grid, bool classes,
                               const ThreadPool& pool)
    : distinct_(distinct), pool_(pool), space_(grid, classes), grounds_(make_grounds()) {}

const TrainingSet& TrainingPoints::set() const {
  return set_.get([&] { return TrainingSet::make(distinct_, space_, pool_); });
}

std::size_t TrainingPoints::size() const { return space_.premultiplied() ? set().points.size() : distinct_.size(); }

SearchGrounds TrainingPoints::make_grounds() const {
  const auto all = [this]() -> const VectorSet& { return set().points; };
  if (distinct_.colour_cubes() == nullptr) return SearchGrounds(all, pool_);
  return SearchGrounds(all, *distinct_.colour_cubes(), space_.fixed_point(), space_.centre(), pool_);
}

const TrainingPoints& TrainingGround::points(std::uint32_t k) const {
  const bool classes = grid_.has_alpha() && grid_.single_pixels() && k >= classes_k_min;
  return *points_[classes ? 1 : 0].get(
      [&] { return std::make_unique<const TrainingPoints>(distinct_, grid_, classes, pool_); });
}

}  // namespace vqi::detail
