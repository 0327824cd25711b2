// Divisive seeding with a heap of cells by gain.
#include "split_seeding.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace vqi::detail {

SplitSeeding::SplitSeeding(const VectorRows& points) : points_(points), order_(points.size()) {
  std::iota(order_.begin(), order_.end(), 0U);
  add(0, static_cast<std::uint32_t>(order_.size()), 1);
}

bool SplitSeeding::comes_later(std::uint32_t a, std::uint32_t b, std::size_t k) const {
  const auto gain_of = [&](const Cell& cell) { return cell.whole < k ? 0.0 : cell.split.gain; };
  const double gain_a = gain_of(cells_[a]);
  const double gain_b = gain_of(cells_[b]);
  return gain_a != gain_b ? gain_a < gain_b : cells_[a].begin > cells_[b].begin;
}

void SplitSeeding::push(std::uint32_t cell) {
  queue_.push_back(cell);
  std::push_heap(queue_.begin(), queue_.end(), later_now());
}

void SplitSeeding::add(std::uint32_t begin, std::uint32_t end, std::uint32_t made) {
  cells_.push_back({begin, end, made, never, never, split_cell(points_, members(begin, end), Cut::best)});
  push(static_cast<std::uint32_t>(cells_.size() - 1));
}

bool SplitSeeding::cut_next() {
  const std::uint32_t first = queue_.front();
  if (!(cells_[first].whole == never && cells_[first].split.gain > 0)) return false;
  const auto count = static_cast<std::uint32_t>(queue_.size());
  std::pop_heap(queue_.begin(), queue_.end(), later_now());
  queue_.pop_back();
  const std::uint32_t begin = cells_[first].begin;
  const std::uint32_t end = cells_[first].end;
  const auto middle =
      static_cast<std::uint32_t>(begin + partition_cell(points_, members(begin, end), cells_[first].split));
  if (middle == begin || middle == end) {
    cells_[first].whole = count;
    push(first);
    return true;
  }
  cells_[first].cut = count;
  cells_[first].split = {cells_[first].split.gain, {}, {}};
  add(begin, middle, count + 1);
  add(middle, end, count + 1);
  return true;
}

FixedCodewords SplitSeeding::seed(std::size_t k, ProgressReporter& progress) {
  const std::lock_guard lock(mutex_);
  while (queue_.size() < k && cut_next()) {
    progress.report(0.1 * static_cast<double>(queue_.size()) / static_cast<double>(k));
    progress.throw_if_cancelled();
  }
  std::vector<std::uint32_t> cells;
  for (std::uint32_t c = 0; c < cells_.size(); ++c)
    if (cells_[c].made <= k && k <= cells_[c].cut) cells.push_back(c);
  std::sort(cells.begin(), cells.end(), [&](std::uint32_t a, std::uint32_t b) { return comes_later(b, a, k); });
  FixedCodewords codewords{points_.dimension(), {}};
  for (const std::uint32_t c : cells) {
    // Whole numbers, so that later cuts, which move members, change nothing.
    std::vector<std::int64_t> sum(points_.dimension());
    std::int64_t weight = 0;
    for (const std::uint32_t n : members(cells_[c].begin, cells_[c].end)) {
      const auto own = static_cast<std::int64_t>(points_.weight(n));
      weight += own;
      for (std::uint32_t i = 0; i < points_.dimension(); ++i)
        sum[i] += own * static_cast<std::int64_t>(points_.row(n)[i]);
    }
    for (const std::int64_t value : sum)
      codewords.scaled.push_back(
          static_cast<std::int32_t>(std::floor(static_cast<double>(value) / static_cast<double>(weight) + 0.5)));
  }
  return codewords;
}

}  // namespace vqi::detail
