// W_k of the data and of the reference sets for each K; sets are tasks, each with random numbers of its own.
#include "gap_statistic.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "point_kmeanspp.hpp"
#include "point_lloyd.hpp"
#include "portable_math.hpp"
#include "reference_box.hpp"
#include "vqi/error.hpp"

namespace vqi::cluster::detail {
namespace {

/// Lloyd's steps from one start; W_k hardly falls after them.
constexpr std::uint32_t lloyd_steps_max = 50;

/// Added to the seed from one set to the next: 2^64 divided by the golden ratio, the step of splitmix64.
constexpr std::uint64_t seed_step = 0x9E3779B97F4A7C15;

/// ln W_k for K = 1, 2 ... k_max, `within` included; the list ends before the first W_k of 0. One start of each K takes
/// the best means of K - 1 and draws one more, so that W_k never rises; the other starts draw all K means.
std::vector<double> log_dispersions(const PointTiles& points, double within, const GapOptions& options, Random& random,
                                    const Work& work) {
  std::vector<double> logs;
  std::vector<double> means;
  PointKmeanspp seeding(points, WorkPulse(work.pool));
  for (std::uint32_t k = 1; k <= options.k_max; ++k) {
    double least = 0;
    std::vector<double> best;
    for (std::uint32_t start = 0; start < std::max(1U, options.starts); ++start) {
      seeding.clear();
      if (start == 0) seeding.take(means);
      while (seeding.means().size() < std::size_t{k} * points.dimension()) seeding.draw(random);
      KmeansResult result =
          point_lloyd(points, {.max_iterations = lloyd_steps_max, .lambda = 0, .start = seeding.means()}, work);
      if (start > 0 && result.objective >= least) continue;
      least = result.objective;
      best = std::move(result.means);
    }
    if (!(least + within > 0)) break;
    means = std::move(best);
    logs.push_back(portable_log(least + within));
  }
  return logs;
}

/// The row of one K, from ln W_k of the data and of each reference set.
GapRow row_of(std::uint32_t k, double log_w, const std::vector<double>& references) {
  GapRow row{k, log_w, 0, 0, 0};
  const auto count = static_cast<double>(references.size());
  for (const double reference : references) row.expected_log_w += reference / count;
  double variance = 0;
  for (const double reference : references) {
    const double difference = reference - row.expected_log_w;
    variance += difference * difference / count;
  }
  row.gap = row.expected_log_w - log_w;
  row.error = std::sqrt(variance) * std::sqrt(1 + 1 / count);
  return row;
}

}  // namespace

void check_gap_options(const GapOptions& options) {
  if (options.k_max < 1) throw Error(ErrorCode::invalid_option, "k_max is 0; it must be at least 1");
  if (options.references < 1) throw Error(ErrorCode::invalid_option, "references is 0; it must be at least 1");
  check_enumerator(options.box, GapBox::principal, "box");
  check_enumerator(options.rule, GapRule::global_max, "rule");
}

std::uint64_t sets_in_memory(const GapOptions& options, const ThreadPool& pool) noexcept {
  return 1 + std::uint64_t{std::min(pool.threads(), options.references)};
}

GapResult gap_of(const PointTiles& points, double within, const GapOptions& options, const Work& work) {
  const ReferenceBox box(points, options.box, work.pool);
  // Set 0 is the data.
  std::vector<std::vector<double>> logs(options.references + 1);
  work.pool.for_each(logs.size(), work.progress, [&](std::size_t set) {
    Random random(options.seed + set * seed_step);
    logs[set] = set == 0 ? log_dispersions(points, within, options, random, work)
                         : log_dispersions(box.draw(random, WorkPulse(work.pool)), 0, options, random, work);
  });
  GapResult result;
  result.points = points.size();
  for (std::size_t i = 0; i < logs[0].size(); ++i) {
    std::vector<double> references;
    for (std::size_t set = 1; set < logs.size(); ++set)
      if (i < logs[set].size()) references.push_back(logs[set][i]);
    if (references.size() != options.references) break;
    result.rows.push_back(row_of(static_cast<std::uint32_t>(i + 1), logs[0][i], references));
  }
  if (!result.rows.empty()) result.k = choose_by_gap(result.rows, options.rule);
  return result;
}

}  // namespace vqi::cluster::detail
