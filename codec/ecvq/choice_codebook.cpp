// Finds neighbours outwards on the line of coordinate sums.
#include "choice_codebook.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "outward_search.hpp"

namespace vqi::detail {
namespace {

/// The most candidates for one codeword's neighbours. Bounds the time for codebooks of tens of thousands, where
/// neighbours with farther sums may be missed.
constexpr std::size_t looks_max = 4096;

/// Codewords in the order of their coordinate sums, for search_outwards.
struct SumLine {
  std::span<const std::uint32_t> order;  // place -> codeword
  std::span<const std::int64_t> sums;    // of each codeword
  /// Below the first place is 2^64 - 1.
  [[nodiscard]] bool contains(std::size_t place) const noexcept { return place < order.size(); }
  [[nodiscard]] std::int64_t sum(std::size_t place) const noexcept { return sums[order[place]]; }
  [[nodiscard]] static std::size_t below(std::size_t place) noexcept { return place - 1; }
  [[nodiscard]] static std::size_t above(std::size_t place) noexcept { return place + 1; }
};

}  // namespace

ChoiceCodebook::ChoiceCodebook(const SampleArray& codewords, const TrainingSpace& space, const Work& work)
    : space_(&space),
      size_(codewords.rows()),
      dimension_(space.dimension()),
      neighbours_(std::min(neighbours_max, size_ - 1)),
      coordinates_(size_ * dimension_),
      near_(size_ * neighbours_) {
  std::vector<std::int64_t> sums(size_);
  for (std::size_t k = 0; k < size_; ++k) {
    const std::span<std::int32_t> row = std::span(coordinates_).subspan(k * dimension_, dimension_);
    space.to_coordinates(codewords.row(k), row);
    if (space.premultiplied()) opacities_.push_back(space.opacity_of(row.data(), 0));
    sums[k] = std::accumulate(row.begin(), row.end(), std::int64_t{0});
  }
  std::vector<std::uint32_t> order(size_);
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return std::tie(sums[a], a) < std::tie(sums[b], b); });
  constexpr std::size_t batch = 64;
  work.pool.for_each((size_ + batch - 1) / batch, [&](std::size_t task) {
    work.progress.poll();
    for (std::size_t at = task * batch; at < std::min(size_, (task + 1) * batch); ++at) find_near(order, sums, at);
  });
}

void ChoiceCodebook::find_near(std::span<const std::uint32_t> order, std::span<const std::int64_t> sums,
                               std::size_t at) {
  const auto nearer = [](const NearCodeword& a, const NearCodeword& b) {
    return std::tie(a.distance_sq, a.index) < std::tie(b.distance_sq, b.index);
  };
  const std::uint32_t k = order[at];
  std::vector<NearCodeword> heap;  // the farthest on top
  std::size_t looks = 0;
  search_outwards(SumLine{order, sums}, at - 1, at + 1, sums[k], [&](std::size_t place, std::uint64_t difference) {
    if (heap.size() == neighbours_ && is_beyond(difference, heap.front().distance_sq, dimension_)) return false;
    const std::uint32_t other = order[place];
    const NearCodeword found{distance_sq(row(k), row(other).data()), static_cast<std::uint16_t>(other)};
    const bool is_full = heap.size() == neighbours_;
    if (!is_full || nearer(found, heap.front())) {
      if (is_full) {
        std::pop_heap(heap.begin(), heap.end(), nearer);
        heap.pop_back();
      }
      heap.push_back(found);
      std::push_heap(heap.begin(), heap.end(), nearer);
    }
    return ++looks < looks_max;
  });
  std::sort_heap(heap.begin(), heap.end(), nearer);
  std::copy(heap.begin(), heap.end(), near_.begin() + static_cast<std::ptrdiff_t>(k * neighbours_));
}

}  // namespace vqi::detail
