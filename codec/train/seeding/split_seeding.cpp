// A heap of cells by gain, and a record of all cells that gives the partition for every K.
#include "split_seeding.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace vqi::detail {
namespace {

/// The part of the progress of training that seeding reports.
constexpr double progress_share = 0.1;

}  // namespace

SplitSeeding::SplitSeeding(const VectorRows& rows, WorkPulse pulse) : rows_(rows), pulse_(pulse), order_(rows.size()) {
  std::iota(order_.begin(), order_.end(), 0U);
  add(0, static_cast<std::uint32_t>(order_.size()), 1);
}

bool SplitSeeding::comes_later(std::uint32_t a, std::uint32_t b, std::size_t k) const {
  const auto gain_of = [&](const Cell& cell) { return cell.unsplittable_since < k ? 0.0 : cell.split.gain; };
  const double gain_a = gain_of(cells_[a]);
  const double gain_b = gain_of(cells_[b]);
  return gain_a != gain_b ? gain_a < gain_b : cells_[a].begin > cells_[b].begin;
}

void SplitSeeding::push(std::uint32_t cell) {
  queue_.push_back(cell);
  std::push_heap(queue_.begin(), queue_.end(), later_now());
}

void SplitSeeding::add(std::uint32_t begin, std::uint32_t end, std::uint32_t born) {
  cells_.push_back({begin, end, born, never, never, split_cell(rows_, members(begin, end), Cut::best, pulse_)});
  push(static_cast<std::uint32_t>(cells_.size() - 1));
}

bool SplitSeeding::cut_next() {
  const std::uint32_t first = queue_.front();
  if (!(cells_[first].unsplittable_since == never && cells_[first].split.gain > 0)) return false;
  const auto count = static_cast<std::uint32_t>(queue_.size());
  std::pop_heap(queue_.begin(), queue_.end(), later_now());
  queue_.pop_back();
  const std::uint32_t begin = cells_[first].begin;
  const std::uint32_t end = cells_[first].end;
  const auto middle =
      static_cast<std::uint32_t>(begin + partition_cell(rows_, members(begin, end), cells_[first].split, pulse_));
  if (middle == begin || middle == end) {
    cells_[first].unsplittable_since = count;
    push(first);
    return true;
  }
  cells_[first].died = count;
  cells_[first].split = {cells_[first].split.gain, {}, {}};
  add(begin, middle, count + 1);
  add(middle, end, count + 1);
  return true;
}

FixedCodewords SplitSeeding::seed(std::size_t k, ProgressReporter& progress) {
  const std::lock_guard lock(mutex_);
  while (queue_.size() < k && cut_next()) {
    progress.report(progress_share * static_cast<double>(queue_.size()) / static_cast<double>(k));
    progress.throw_if_cancelled();
  }
  std::vector<std::uint32_t> cells;
  for (std::uint32_t c = 0; c < cells_.size(); ++c)
    if (cells_[c].born <= k && k <= cells_[c].died) cells.push_back(c);
  std::sort(cells.begin(), cells.end(), [&](std::uint32_t a, std::uint32_t b) { return comes_later(b, a, k); });
  FixedCodewords codewords{rows_.dimension(), {}};
  for (const std::uint32_t c : cells) {
    // Integer sums do not depend on the order of the members, which later cuts change.
    std::vector<std::int64_t> sum(rows_.dimension());
    std::int64_t weight = 0;
    pulse_.add(std::uint64_t{cells_[c].end - cells_[c].begin} * rows_.dimension());
    for (const std::uint32_t n : members(cells_[c].begin, cells_[c].end)) {
      const auto own = static_cast<std::int64_t>(rows_.weight(n));
      weight += own;
      for (std::uint32_t i = 0; i < rows_.dimension(); ++i) sum[i] += own * static_cast<std::int64_t>(rows_.row(n)[i]);
    }
    for (const std::int64_t value : sum)
      codewords.scaled.push_back(
          static_cast<std::int32_t>(std::floor(static_cast<double>(value) / static_cast<double>(weight) + 0.5)));
  }
  return codewords;
}

}  // namespace vqi::detail
