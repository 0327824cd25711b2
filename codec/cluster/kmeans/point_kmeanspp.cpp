// Drawing by w D^2, and how many points are drawn for one mean.
#include "point_kmeanspp.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "uniform_number.hpp"

namespace vqi::cluster::detail {
namespace {

/// How many points are drawn for mean number k: about 2 + ln k, as in scikit-learn and in the code of the paper's
/// authors. ln k is taken as 0.7 times the number of bits in k, in integers.
std::size_t draws_for_mean(std::size_t k) { return 2 + static_cast<std::size_t>(std::bit_width(k)) * 7 / 10; }

}  // namespace

void PointKmeanspp::clear() {
  means_.clear();
  distances_sq_.clear();
}

double PointKmeanspp::with_mean(std::span<const double> mean, std::vector<double>& distances_sq) {
  const std::uint32_t d = points_.dimension();
  constexpr std::uint64_t point_steps = 4;  // beside its coordinates
  distances_sq.resize(points_.tile_count() * tile_lanes);
  std::array<double, tile_lanes> sums{};
  const auto add_tile = [&](std::size_t t) {
    const double* const x = points_.tile(t);
    std::array<double, tile_lanes> squares{};
    for (std::uint32_t i = 0; i < d; ++i)
      for (std::size_t lane = 0; lane < tile_lanes; ++lane) {
        const double difference = x[i * tile_lanes + lane] - mean[i];
        squares[lane] += difference * difference;
      }
    for (std::size_t lane = 0; lane < tile_lanes; ++lane) {
      const std::size_t n = t * tile_lanes + lane;
      distances_sq[n] = distances_sq_.empty() ? squares[lane] : std::min(distances_sq_[n], squares[lane]);
      sums[lane] += points_.tile_weights(t)[lane] * distances_sq[n];
    }
  };
  pulse_.in_portions(0, points_.tile_count(), tile_lanes * (d + point_steps), [&](std::size_t first, std::size_t last) {
    for (std::size_t t = first; t < last; ++t) add_tile(t);
  });
  double objective = 0;
  for (const double sum : sums) objective += sum;
  return objective;
}

void PointKmeanspp::take(std::span<const double> means) {
  std::vector<double> next;
  for (std::size_t first = 0; first < means.size(); first += points_.dimension()) {
    const std::span<const double> mean = means.subspan(first, points_.dimension());
    objective_ = with_mean(mean, next);
    distances_sq_ = next;
    means_.insert(means_.end(), mean.begin(), mean.end());
  }
}

std::size_t PointKmeanspp::drawn_point(Random& random) const {
  const bool first = distances_sq_.empty() || !(objective_ > 0);
  const auto share = [&](std::size_t n) { return points_.weight(n) * (first ? 1.0 : distances_sq_[n]); };
  double rest = uniform_number(random) * (first ? points_.total_weight() : objective_);
  std::size_t last = 0;
  for (std::size_t n = 0; n < points_.size(); ++n) {
    if (!(share(n) > 0)) continue;
    last = n;
    rest -= share(n);
    if (rest < 0) break;
  }
  return last;
}

void PointKmeanspp::draw(Random& random) {
  const std::uint32_t d = points_.dimension();
  std::vector<double> mean(d);
  std::vector<double> best_mean;
  std::vector<double> next;
  std::vector<double> best_distances;
  double best = 0;
  const std::size_t count = distances_sq_.empty() ? 1 : draws_for_mean(means_.size() / d + 1);
  for (std::size_t c = 0; c < count; ++c) {
    points_.read(drawn_point(random), mean);
    const double objective = with_mean(mean, next);
    if (c > 0 && objective >= best) continue;
    best = objective;
    best_mean = mean;
    best_distances.swap(next);
  }
  objective_ = best;
  distances_sq_.swap(best_distances);
  means_.insert(means_.end(), best_mean.begin(), best_mean.end());
}

}  // namespace vqi::cluster::detail
