// Neighbours by a search outwards on the line of coordinate sums.
#include "choice_codebook.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace vqi::detail {
namespace {

/// Codewords that are looked at for one codeword's neighbours: bounds the time for codebooks of tens of thousands,
/// where those farther off on the line may be missed.
constexpr std::size_t looks_max = 4096;

}  // namespace

ChoiceCodebook::ChoiceCodebook(const SampleArray& codewords, const TrainingSpace& space, const Work& work)
    : size_(codewords.rows()),
      dimension_(space.dimension()),
      neighbours_(std::min(neighbours_max, size_ - 1)),
      coordinates_(size_ * dimension_),
      near_(size_ * neighbours_) {
  std::vector<std::int64_t> sums(size_);
  for (std::size_t k = 0; k < size_; ++k) {
    const std::span<std::int32_t> row = std::span(coordinates_).subspan(k * dimension_, dimension_);
    space.to_coordinates(codewords.row(k), row);
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
  std::size_t below = at;          // entries under this one are left
  std::size_t above = at + 1;
  for (std::size_t looks = 0; looks < looks_max && (below > 0 || above < size_); ++looks) {
    const bool down = below > 0 && (above == size_ || sums[k] - sums[order[below - 1]] <= sums[order[above]] - sums[k]);
    const std::uint32_t other = order[down ? --below : above++];
    // (sum of differences)^2 <= dimension * |difference|^2.
    const auto gap = static_cast<std::uint64_t>(down ? sums[k] - sums[other] : sums[other] - sums[k]);
    if (heap.size() == neighbours_ && gap > 0 && (gap - 1) * (gap - 1) / dimension_ > heap.front().distance_sq) break;
    const NearCodeword found{distance_sq(row(k), row(other).data()), static_cast<std::uint16_t>(other)};
    if (heap.size() == neighbours_) {
      if (!nearer(found, heap.front())) continue;
      std::pop_heap(heap.begin(), heap.end(), nearer);
      heap.pop_back();
    }
    heap.push_back(found);
    std::push_heap(heap.begin(), heap.end(), nearer);
  }
  std::sort_heap(heap.begin(), heap.end(), nearer);
  std::copy(heap.begin(), heap.end(), near_.begin() + static_cast<std::ptrdiff_t>(k * neighbours_));
}

}  // namespace vqi::detail
