// Making search structures at the first call.
#include "dataset_level.hpp"

#include <cstdint>
#include <utility>

namespace vqi::detail {
namespace {

/// Up to blocks of 2x2 with three channels: each cell keeps two means until it is cut, some 12 MB at K = 65,536.
constexpr std::uint32_t shared_seeding_dimensions_max = 12;

}  // namespace

DatasetLevel::DatasetLevel(VectorSet vectors, const ThreadPool& pool) : vectors_(std::move(vectors)), pool_(pool) {}

const NearestSearch& DatasetLevel::search() const {
  return *search_.get([&] { return std::make_unique<const NearestSearch>(vectors_, pool_); });
}

const VectorRows& DatasetLevel::rows() const {
  return rows_.get([&] { return VectorRows(vectors_, WorkPulse(pool_)); });
}

FixedCodewords DatasetLevel::seed_by_splits(std::size_t k, ProgressReporter& progress) const {
  if (vectors_.dimension() > shared_seeding_dimensions_max)
    return SplitSeeding(rows(), WorkPulse(pool_)).seed(k, progress);
  return seeding_.get([&] { return std::make_unique<SplitSeeding>(rows(), WorkPulse(pool_)); })->seed(k, progress);
}

}  // namespace vqi::detail
