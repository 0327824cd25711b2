// Sums in integers, scaled to the 32 bits of counts.
#include "weighted_counts.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <numeric>

#include "integer.hpp"
#include "large_memory.hpp"
#include "sample_array.hpp"
#include "vqi/error.hpp"

namespace vqi::detail {
namespace {

/// The number of the distinct vector at each place of the map, in two halves.
struct VectorNumbers {
  LargeVector<std::uint16_t> low;
  LargeVector<std::uint16_t> high;

  VectorNumbers(const DistinctVectors& distinct, const BlockGrid& grid, const Work& work)
      : low(grid.vector_count()), high(grid.vector_count()) {
    std::vector<std::uint16_t> part(distinct.size());
    for (std::size_t d = 0; d < part.size(); ++d) part[d] = static_cast<std::uint16_t>(d & 0xFFFFU);
    distinct.map(part, low, work);
    for (std::size_t d = 0; d < part.size(); ++d) part[d] = static_cast<std::uint16_t>(d >> 16);
    distinct.map(part, high, work);
  }
  [[nodiscard]] std::size_t at(std::size_t n) const noexcept { return std::size_t{high[n]} << 16 | low[n]; }
};

/// What counts are made of sums by.
enum class Scale {
  keep,  ///< small sums are counts as they are
  fill,  ///< sums without their common divisor times a power of two, so that what has no weight counts as little as can
         ///< be
};

/// `sums` in proportion, each at least 1, together at most 2^32 - 1.
std::vector<std::uint32_t> scaled_to_counts(std::span<const std::uint64_t> sums, Scale scale) {
  uint128 total = 0;
  std::uint64_t divisor = 0;
  for (const std::uint64_t sum : sums) {
    total += sum;
    divisor = std::gcd(divisor, sum);
  }
  if (scale == Scale::keep) divisor = 1;
  const uint128 room = std::numeric_limits<std::uint32_t>::max() - sums.size();
  const auto most = static_cast<std::uint64_t>(room / (total / divisor));
  const std::uint64_t factor = scale == Scale::keep ? std::min<std::uint64_t>(most, 1) : std::bit_floor(most);
  std::vector<std::uint32_t> counts(sums.size());
  for (std::size_t d = 0; d < counts.size(); ++d) {
    const uint128 scaled = factor > 0 ? uint128{sums[d] / divisor} * factor : sums[d] * room / total;
    counts[d] = static_cast<std::uint32_t>(std::max<uint128>(scaled, 1));
  }
  return counts;
}

}  // namespace

std::vector<std::uint32_t> counts_of(std::span<const std::uint64_t> sums) {
  return scaled_to_counts(sums, Scale::keep);
}

std::vector<std::uint32_t> counts_by_mask(const DistinctVectors& distinct, const BlockGrid& grid, const Image& mask,
                                          const Work& work) {
  const VectorNumbers numbers(distinct, grid, work);
  std::vector<std::uint64_t> sums(distinct.size());
  bool all_black = true;
  for (std::uint32_t y = 0; y < grid.height_px; ++y) {
    const std::size_t map_row = std::size_t{y / grid.block_height_px} * grid.map_width();
    for (std::uint32_t x = 0; x < grid.width_px; ++x) {
      const std::uint32_t weight = load_sample(mask.row(y), x, mask.bit_depth());
      sums[numbers.at(map_row + x / grid.block_width_px)] += weight;
      all_black = all_black && weight == 0;
    }
    work.progress.poll();
  }
  if (all_black)
    throw Error(ErrorCode::invalid_option, "weights are black everywhere, so nothing counts; make what counts white");
  return scaled_to_counts(sums, Scale::fill);
}

}  // namespace vqi::detail
