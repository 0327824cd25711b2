// SearchGrounds: a set of vectors and its coarse sets, ready to judge and find codebooks of any size.
#include "search_grounds.hpp"

#include <utility>

#include "coarse_set.hpp"

namespace vqi::detail {
namespace {

/// Blocks of 2x2 in three channels: a cell keeps two means until it is cut, some 12 MB at K = 65,536.
constexpr std::uint32_t shared_seeding_dimensions_max = 12;

}  // namespace

const NearestSearch& SearchGround::search() const {
  return *search_.get([&] { return std::make_unique<const NearestSearch>(vectors_, pool_); });
}

const PointRows& SearchGround::rows() const {
  return rows_.get([&] { return PointRows(vectors_); });
}

FixedCodewords SearchGround::seed_by_splits(std::size_t k, ProgressReporter& progress) const {
  // Cells of larger blocks hold more than is worth keeping.
  if (vectors_.dimension() > shared_seeding_dimensions_max) return SplitSeeding(rows()).seed(k, progress);
  return seeding_.get([&] { return std::make_unique<SplitSeeding>(rows()); })->seed(k, progress);
}

/// A coarse set with the ground over it.
struct SearchGrounds::CoarseGround {
  VectorSet vectors;
  SearchGround ground;

  CoarseGround(VectorSet coarse, const ThreadPool& pool) : vectors(std::move(coarse)), ground(vectors, pool) {}
};

SearchGrounds::SearchGrounds(std::function<const VectorSet&()> all, const ColourCubes& cubes,
                             const FixedPoint& fixed_point, std::int32_t centre, const ThreadPool& pool)
    : vectors_(std::move(all)),
      by_cubes_({cubes, fixed_point, centre, CubeSearch(cubes, fixed_point, centre, pool)}),
      pool_(pool) {}

const SearchGround& SearchGrounds::coarse(std::uint32_t side_bits) const {
  const auto make = [&] {
    if (by_cubes_ && side_bits >= coarse_side_bits)
      return by_cubes_->cubes.means(by_cubes_->fixed_point, by_cubes_->centre, side_bits);
    // Means of means, so that the largest cubes need no pass over all vectors.
    const VectorSet& finer = side_bits > coarse_side_bits ? coarse(coarse_side_bits).vectors() : all().vectors();
    return make_coarse_set(finer, side_bits);
  };
  return coarse_[side_bits - 1].get([&] { return std::make_shared<const CoarseGround>(make(), pool_); })->ground;
}

int128 SearchGrounds::dispersion_in_cubes() const {
  const int128 norm = int128{by_cubes_->cubes.norm(by_cubes_->centre)} << (2 * by_cubes_->fixed_point.fraction_bits());
  return norm - static_cast<int128>(coarse(coarse_side_bits).vectors().norm());
}

}  // namespace vqi::detail
