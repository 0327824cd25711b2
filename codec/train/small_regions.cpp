// Sums over cubes, then a farthest-first traversal of their means.
#include "small_regions.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <span>
#include <vector>

#include "integer.hpp"
#include "training_space.hpp"
#include "vector_set.hpp"

namespace vqi::detail {
namespace {

constexpr std::uint32_t cube_bits = 4;  // of an axis: 16 cubes
constexpr std::uint64_t least_weight = 4;
constexpr std::uint64_t least_share = 65536;     // of all pixels: one in so many
constexpr std::uint64_t conspicuous_factor = 9;  // of the mean squared distance: three times its root

using Point = std::vector<std::int32_t>;

std::uint64_t distance_sq(std::span<const std::int32_t> a, std::span<const std::int32_t> b) noexcept {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const std::int64_t difference = std::int64_t{a[i]} - b[i];
    sum += static_cast<std::uint64_t>(difference * difference);
  }
  return sum;
}

/// The vectors of one cube.
struct Cube {
  std::uint64_t weight = 0;
  std::vector<std::int64_t> sum;
};

/// The means of all cubes with enough pixels, in the order of the cubes.
std::vector<Point> means_of_cubes(const VectorSet& vectors, std::uint32_t shift) {
  std::map<Point, Cube> cubes;
  Point place(vectors.dimension());
  vectors.for_each_vector(0, vectors.size(), [&](std::size_t n, const std::int32_t* x) {
    for (std::size_t i = 0; i < place.size(); ++i) place[i] = x[i] >> shift;
    Cube& cube = cubes[place];
    cube.sum.resize(place.size());
    cube.weight += vectors.weights()[n];
    for (std::size_t i = 0; i < place.size(); ++i) cube.sum[i] += std::int64_t{vectors.weights()[n]} * x[i];
  });
  std::vector<Point> means;
  const std::uint64_t least = std::max(least_weight, vectors.total_weight() / least_share);
  for (const auto& [at, cube] : cubes) {
    if (cube.weight < least) continue;
    Point& mean = means.emplace_back();
    for (const std::int64_t sum : cube.sum)
      mean.push_back(static_cast<std::int32_t>(divide_round(sum, static_cast<std::int64_t>(cube.weight))));
  }
  return means;
}

/// The mean of the squared distances of all vectors to their nearest codewords.
std::uint64_t mean_distance_sq(const Dataset& dataset, const FixedCodewords& codewords) {
  const NearestSearch& search = dataset.all().search();
  const VectorSet& vectors = dataset.all().vectors();
  std::vector<std::uint16_t> indices(search.padded_size());
  search.assign(codewords, indices, nullptr);
  const std::vector<std::uint64_t> distances = search.distances_sq(codewords, indices);
  uint128 sum = 0;
  for (std::size_t n = 0; n < vectors.size(); ++n) sum += uint128{distances[n]} * vectors.weights()[n];
  return static_cast<std::uint64_t>(sum / vectors.total_weight());
}

}  // namespace

SampleArray small_region_codewords(const Dataset& dataset, const FixedCodewords& codewords, std::size_t count_max) {
  const TrainingSpace& space = dataset.space();
  const std::uint32_t fraction_bits = space.fixed_point().fraction_bits();
  const std::uint32_t shift = fraction_bits + space.bit_depth() - cube_bits;
  const std::vector<Point> means = means_of_cubes(dataset.all().vectors(), shift);
  const std::uint64_t side_sq = std::uint64_t{1} << (2 * shift);
  const std::uint64_t threshold = std::max(side_sq, conspicuous_factor * mean_distance_sq(dataset, codewords));

  std::vector<std::uint64_t> nearest(means.size(), std::numeric_limits<std::uint64_t>::max());
  for (std::size_t n = 0; n < means.size(); ++n)
    for (std::size_t k = 0; k < codewords.size(); ++k)
      nearest[n] = std::min(nearest[n], distance_sq(means[n], codewords.row(k)));
  std::vector<std::size_t> chosen;
  while (chosen.size() < count_max && !means.empty()) {
    const auto farthest = static_cast<std::size_t>(std::max_element(nearest.begin(), nearest.end()) - nearest.begin());
    if (nearest[farthest] <= threshold) break;
    chosen.push_back(farthest);
    for (std::size_t n = 0; n < means.size(); ++n)
      nearest[n] = std::min(nearest[n], distance_sq(means[n], means[farthest]));
  }
  SampleArray samples(chosen.size(), space.dimension(), space.bit_depth());
  for (std::size_t i = 0; i < chosen.size(); ++i) space.to_samples(means[chosen[i]], fraction_bits, samples.row(i));
  return samples;
}

}  // namespace vqi::detail
