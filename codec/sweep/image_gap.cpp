// image_gap and encode_with_gap: the gap statistic on an image's vectors, and the encode that follows it.
#include <algorithm>
#include <memory>
#include <utility>

#include "argument_checks.hpp"
#include "block_grid.hpp"
#include "dataset.hpp"
#include "distinct_vectors.hpp"
#include "gap_statistic.hpp"
#include "lap_clock.hpp"
#include "prepared_image.hpp"
#include "sample_points.hpp"
#include "vqi/sweep.hpp"

namespace vqi {
using namespace detail;
namespace {

/// Merging colours to cubes changes no gap that matters if at least this number of points for each cluster remains.
constexpr std::size_t points_per_cluster = 500;

/// The dispersion of `fine` within its groups, whose means are `coarse`. By this much the dispersion of `fine` exceeds
/// that of `coarse`, in total and over any cells that cut no group.
double dispersion_inside(const cluster::detail::PointTiles& fine, const cluster::detail::PointTiles& coarse,
                         WorkPulse pulse) {
  // sum w |x|^2 of both; centred coordinates are small integers and fractions, so that nothing is lost.
  const auto norm = [&](const cluster::detail::PointTiles& points) {
    double sum = 0;
    for (std::size_t n = 0; n < points.size(); ++n) {
      pulse.add(std::uint64_t{4} * points.dimension());
      double square = 0;
      for (std::uint32_t i = 0; i < points.dimension(); ++i) square += points.at(n, i) * points.at(n, i);
      sum += points.weight(n) * square;
    }
    return sum;
  };
  return std::max(0.0, norm(fine) - norm(coarse));
}

/// The K that the rule globalSEmax takes if its gap is clearly above that of one cluster, by over three times both
/// errors; else 1.
std::uint32_t later_peak(const cluster::GapResult& found) {
  const std::uint32_t k = cluster::choose_by_gap(found.rows, cluster::GapRule::global_se_max);
  const cluster::GapRow& one = found.rows.front();
  const auto peak = std::find_if(found.rows.begin(), found.rows.end(), [&](const auto& row) { return row.k == k; });
  return peak->gap - one.gap > 3 * (peak->error + one.error) ? k : 1;
}

/// Why all vectors became one cluster. The default rule stops at the first K whose gap is not below that of the next
/// by more than its error; where larger K fit clusters apart from each other, gaps may fall before they rise.
std::string one_cluster_warning(const cluster::GapResult& found) {
  const std::uint32_t best = later_peak(found);
  if (best > 1)
    return "the rule of the gap statistic keeps one cluster, because the gap falls at first, but it is larger at K = " +
           std::to_string(best) + ", which the rule globalSEmax takes; give that rule, or the number of codewords";
  return "the gap statistic finds no clusters, as the colours spread as evenly as random ones would, and so keeps one; "
         "give the number of codewords, or a PSNR or a size to reach";
}

}  // namespace

cluster::GapResult image_gap(ImageView image, const cluster::GapOptions& gap, std::uint32_t block_width_px,
                             std::uint32_t block_height_px, const RunOptions& run) {
  EncodeOptions options;
  options.block_width_px = block_width_px;
  options.block_height_px = block_height_px;
  options = checked_options(image, options);
  cluster::detail::check_gap_options(gap);
  const CallWork work(run);
  work.progress.begin(Stage::search);
  const BlockGrid grid{image.width_px,  image.height_px, image.channels,
                       image.bit_depth, block_width_px,  block_height_px};
  // Finding the vectors is little beside clustering them, and told as the start of the search, so that its fraction
  // never falls.
  const ProgressCallback at_start = [&](const Progress&) { return run.progress({Stage::search, 0}); };
  const ProgressCallback none;
  ProgressReporter finding(run.progress ? at_start : none);
  const std::unique_ptr<const DistinctVectors> distinct = find_distinct_vectors(image, grid, {work.pool, finding});
  const Dataset dataset(*distinct, grid, work.pool);
  const WorkPulse pulse(work.pool);
  const std::uint64_t point_bytes = sizeof(double) * (std::uint64_t{dataset.space().dimension()} + 1);
  const std::uint64_t fine_bytes = dataset.size() * point_bytes;
  const std::uint64_t sets = cluster::detail::sets_in_memory(gap, work.pool);
  check_memory(fine_bytes, run, "clustering");
  const cluster::detail::PointTiles fine = sample_points(dataset.all().vectors(), pulse);
  const std::size_t points_wanted = std::size_t{gap.k_max} * points_per_cluster;
  if (dataset.in_morton_order() && dataset.size() > points_wanted) {
    const VectorSet& merged = dataset.coarse(coarse_side_bits).vectors();
    if (merged.size() >= points_wanted) {
      check_memory(fine_bytes + sets * merged.size() * point_bytes, run, "clustering");
      const cluster::detail::PointTiles coarse = sample_points(merged, pulse);
      return cluster::detail::gap_of(coarse, dispersion_inside(fine, coarse, pulse), gap, work);
    }
  }
  check_memory(sets * fine_bytes, run, "clustering");
  return cluster::detail::gap_of(fine, 0, gap, work);
}

Encoded encode_with_gap(ImageView image, const cluster::GapOptions& gap, const EncodeOptions& options,
                        const RunOptions& run) {
  EncodeOptions chosen = checked_options_without_k(image, options, "the gap statistic");
  check_encode_memory(image, chosen, run);
  LapClock clock;
  cluster::GapResult found = image_gap(image, gap, options.block_width_px, options.block_height_px, run);
  const double gap_seconds = clock.lap();
  chosen.k = found.k;
  Encoded encoded = encode(image, chosen, run);
  encoded.report.seconds.train += gap_seconds;
  encoded.report.k_chosen = std::exchange(encoded.report.k_requested, std::nullopt);
  if (found.k == 1 && encoded.report.distinct_vectors > 1)
    encoded.report.warnings.push_back(one_cluster_warning(found));
  encoded.report.gap = std::move(found);
  return encoded;
}

}  // namespace vqi
