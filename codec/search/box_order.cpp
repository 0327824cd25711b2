// Halving ranges of vectors across the widest side of their box.
#include "box_order.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <numeric>
#include <span>

#include "integer.hpp"
#include "search_boxes.hpp"

namespace vqi::detail {
namespace {

constexpr std::size_t dimensions_max = 2 * pruned_columns_narrow;

/// A sort key: the coordinate in the upper half, so that keys sort by it, and the vector's number in the lower half.
std::uint64_t key_of(std::int32_t coordinate, std::uint32_t n) {
  return std::uint64_t{static_cast<std::uint32_t>(coordinate) ^ 0x80000000U} << 32 | n;
}
std::uint32_t number_in(std::uint64_t key) { return static_cast<std::uint32_t>(key); }

/// Orders ranges of vectors as the leaves of a k-d tree.
class RangeHalver {
 public:
  /// Borrows `rows`, which holds vectors of `dimension` coordinates, row-major.
  RangeHalver(std::span<const std::int32_t> rows, std::uint32_t dimension) : rows_(rows), dimension_(dimension) {}

  void halve(std::span<std::uint64_t> keys) const {
    if (keys.size() <= block_vectors) return;
    // Halves end where boxes end, on the coarsest level that fits.
    std::size_t unit = block_vectors;
    for (const std::size_t blocks : many_box_levels)
      if (keys.size() > blocks * block_vectors) unit = blocks * block_vectors;
    const std::size_t middle = std::max<std::size_t>(keys.size() / 2 / unit, 1) * unit;
    const std::uint32_t side = widest_side(keys);
    for (std::uint64_t& key : keys) {
      const std::uint32_t n = number_in(key);
      key = key_of(rows_[std::size_t{n} * dimension_ + side], n);
    }
    std::nth_element(keys.begin(), keys.begin() + static_cast<std::ptrdiff_t>(middle), keys.end());
    halve(keys.first(middle));
    halve(keys.subspan(middle));
  }

 private:
  [[nodiscard]] std::uint32_t widest_side(std::span<const std::uint64_t> keys) const {
    const auto first = rows_.subspan(std::size_t{number_in(keys[0])} * dimension_, dimension_);
    std::array<std::int32_t, dimensions_max> low{};
    std::copy(first.begin(), first.end(), low.begin());
    std::array<std::int32_t, dimensions_max> high = low;
    for (const std::uint64_t key : keys) {
      const std::int32_t* const row = rows_.data() + std::size_t{number_in(key)} * dimension_;
      for (std::uint32_t i = 0; i < dimension_; ++i) {
        low[i] = std::min(low[i], row[i]);
        high[i] = std::max(high[i], row[i]);
      }
    }
    std::uint32_t widest = 0;
    for (std::uint32_t i = 1; i < dimension_; ++i)
      if (high[i] - low[i] > high[widest] - low[widest]) widest = i;
    return widest;
  }

  std::span<const std::int32_t> rows_;
  std::uint32_t dimension_;
};

}  // namespace

std::vector<std::uint32_t> order_for_boxes(const VectorSet& set, const ThreadPool& pool) {
  const std::uint32_t dimension = set.dimension();
  std::vector<std::int32_t> rows(set.size() * dimension);
  set.for_each_vector(0, set.size(), [&](std::size_t n, const std::int32_t* x) {
    std::copy_n(x, dimension, rows.begin() + static_cast<std::ptrdiff_t>(n * dimension));
  });
  std::vector<std::uint64_t> keys(set.size());
  std::iota(keys.begin(), keys.end(), std::uint64_t{0});
  const RangeHalver halver(rows, dimension);
  constexpr std::size_t range_vectors = 4 * many_box_levels[std::size(many_box_levels) - 1] * block_vectors;
  pool.for_each(divide_up(keys.size(), range_vectors), [&](std::size_t t) {
    const std::size_t begin = t * range_vectors;
    halver.halve(std::span(keys).subspan(begin, std::min(range_vectors, keys.size() - begin)));
  });
  std::vector<std::uint32_t> order(keys.size());
  std::transform(keys.begin(), keys.end(), order.begin(), number_in);
  return order;
}

VectorSet reordered(const VectorSet& set, const std::vector<std::uint32_t>& order, WorkPulse pulse) {
  VectorSet result(set.fixed_point(), set.size());
  std::vector<std::int32_t> x(set.dimension());
  constexpr std::uint64_t append_steps = 32;
  for (const std::uint32_t n : order) {
    pulse.add(append_steps);
    set.read_scaled(n, x);
    result.append(x, set.weights()[n]);
  }
  result.finish();
  return result;
}

}  // namespace vqi::detail
