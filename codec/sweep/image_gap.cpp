// image_gap and encode_with_gap: the gap statistic on an image's vectors, and the encode that follows it.
#include <algorithm>
#include <memory>
#include <utility>

#include "block_grid.hpp"
#include "dataset.hpp"
#include "distinct_vectors.hpp"
#include "gap_statistic.hpp"
#include "prepared_image.hpp"
#include "sample_points.hpp"
#include "vqi/sweep.hpp"

namespace vqi {
using namespace detail;
namespace {

/// Cubes are coarse enough to help and fine enough not to matter where they leave this many points a cluster.
constexpr std::size_t points_per_cluster = 500;

/// The dispersion that points of a finer set have inside the groups whose means `coarse` is: total dispersions differ
/// by it, and so do those over any cells that cut no group.
double dispersion_inside(const cluster::detail::PointTiles& fine, const cluster::detail::PointTiles& coarse) {
  // sum w |x|^2 of both; centred coordinates are small integers and fractions, so that nothing is lost.
  const auto norm = [](const cluster::detail::PointTiles& points) {
    double sum = 0;
    for (std::size_t n = 0; n < points.size(); ++n) {
      double square = 0;
      for (std::uint32_t i = 0; i < points.dimension(); ++i) square += points.at(n, i) * points.at(n, i);
      sum += points.weight(n) * square;
    }
    return sum;
  };
  return std::max(0.0, norm(fine) - norm(coarse));
}

}  // namespace

cluster::GapResult image_gap(ImageView image, const cluster::GapOptions& gap, const EncodeOptions& options) {
  validate_encode(image, options);
  if (gap.k_max < 1 || gap.references < 1)
    throw Error(ErrorCode::invalid_option, "the gap statistic needs at least one K and one reference set");
  const ThreadPool pool(options.threads);
  ProgressReporter progress(options.progress);
  const Work work{pool, progress};
  progress.begin(Stage::search);
  const BlockGrid grid{image.width_px,  image.height_px,        image.channels,
                       image.bit_depth, options.block_width_px, options.block_height_px};
  const std::unique_ptr<const DistinctVectors> distinct = find_distinct_vectors(image, grid, work);
  const Dataset dataset(*distinct, grid, false, pool);
  cluster::GapOptions own = gap;
  own.run.seed = options.seed;
  const std::uint32_t sample_count = dataset.space().sample_count();
  const cluster::detail::PointTiles fine = sample_points(dataset.all().vectors(), sample_count);
  const std::size_t points_wanted = std::size_t{gap.k_max} * points_per_cluster;
  if (dataset.in_morton_order() && dataset.size() > points_wanted) {
    const VectorSet& merged = dataset.coarse(coarse_side_bits).vectors();
    if (merged.size() >= points_wanted) {
      const cluster::detail::PointTiles coarse = sample_points(merged, sample_count);
      return cluster::detail::gap_of(coarse, dispersion_inside(fine, coarse), own, work);
    }
  }
  return cluster::detail::gap_of(fine, 0, own, work);
}

Encoded encode_with_gap(ImageView image, const cluster::GapOptions& gap, const EncodeOptions& options) {
  EncodeOptions chosen = options;
  chosen.k = 1;
  cluster::GapResult found = image_gap(image, gap, chosen);
  chosen.k = found.k;
  Encoded encoded = encode(image, chosen);
  encoded.report.k_chosen = std::exchange(encoded.report.k_requested, std::nullopt);
  encoded.report.gap = std::move(found);
  return encoded;
}

}  // namespace vqi
