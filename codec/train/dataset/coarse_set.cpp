// Merging runs of vectors that share a cube.
#include "coarse_set.hpp"

#include <algorithm>
#include <vector>

#include "integer.hpp"

namespace vqi::detail {

VectorSet make_coarse_set(const VectorSet& vectors, std::uint32_t side_bits) {
  const std::uint32_t dimension = vectors.dimension();
  const std::uint32_t shift = side_bits + vectors.fixed_point().fraction_bits();
  VectorSet coarse(vectors.fixed_point(), vectors.size());
  std::vector<std::int32_t> cube(dimension);
  std::vector<std::int32_t> mean(dimension);
  std::vector<std::int64_t> sum(dimension);
  std::uint64_t weight = 0;
  const auto flush = [&] {
    if (weight == 0) return;
    for (std::uint32_t i = 0; i < dimension; ++i)
      mean[i] = static_cast<std::int32_t>(divide_round(sum[i], static_cast<std::int64_t>(weight)));
    coarse.append(mean, static_cast<std::uint32_t>(weight));
    std::fill(sum.begin(), sum.end(), 0);
    weight = 0;
  };
  vectors.for_each_vector(0, vectors.size(), [&](std::size_t n, const std::int32_t* x) {
    // An arithmetic shift rounds down, so cubes have the same size on both sides of zero.
    const auto same_cube = [&](std::uint32_t i) { return x[i] >> shift == cube[i]; };
    bool same = weight != 0;
    for (std::uint32_t i = 0; i < dimension && same; ++i) same = same_cube(i);
    if (!same) {
      flush();
      for (std::uint32_t i = 0; i < dimension; ++i) cube[i] = x[i] >> shift;
    }
    for (std::uint32_t i = 0; i < dimension; ++i) sum[i] += std::int64_t{vectors.weights()[n]} * x[i];
    weight += vectors.weights()[n];
  });
  flush();
  coarse.finish();
  return coarse;
}

}  // namespace vqi::detail
