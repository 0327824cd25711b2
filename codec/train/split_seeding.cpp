// Divisive seeding with a heap of cells by gain.
#include "split_seeding.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <queue>

namespace vqi {
namespace {

struct Cell {
  std::size_t begin = 0;
  std::size_t end = 0;
  CellSplit split;
};

/// The cell with the largest gain first; of equal ones the one that begins first.
struct LessGain {
  bool operator()(const Cell& a, const Cell& b) const {
    return a.split.gain != b.split.gain ? a.split.gain < b.split.gain : a.begin > b.begin;
  }
};

}  // namespace

FixedCodewords seed_by_splits(const PointRows& points, std::size_t k, ProgressReporter& progress) {
  std::vector<std::uint32_t> order(points.size());
  std::iota(order.begin(), order.end(), 0U);
  const auto members_of = [&](std::size_t begin, std::size_t end) {
    return std::span(order).subspan(begin, end - begin);
  };
  const auto make_cell = [&](std::size_t begin, std::size_t end) {
    return Cell{begin, end, split_cell(points, members_of(begin, end), Cut::best)};
  };
  std::priority_queue<Cell, std::vector<Cell>, LessGain> cells;
  cells.push(make_cell(0, points.size()));
  while (cells.size() < k && cells.top().split.gain > 0) {
    const Cell cell = cells.top();
    cells.pop();
    const std::size_t middle = cell.begin + partition_cell(points, members_of(cell.begin, cell.end), cell.split);
    if (middle == cell.begin || middle == cell.end) {
      cells.push({cell.begin, cell.end, {}});
      continue;
    }
    cells.push(make_cell(cell.begin, middle));
    cells.push(make_cell(middle, cell.end));
    progress.report(0.1 * static_cast<double>(cells.size()) / static_cast<double>(k));
    progress.throw_if_cancelled();
  }
  FixedCodewords codewords{points.dimension(), {}};
  for (; !cells.empty(); cells.pop()) {
    const Cell& cell = cells.top();
    std::vector<double> sum(points.dimension());
    double weight = 0;
    for (const std::uint32_t n : members_of(cell.begin, cell.end)) {
      weight += points.weight(n);
      for (std::uint32_t i = 0; i < points.dimension(); ++i) sum[i] += points.weight(n) * points.row(n)[i];
    }
    for (const double value : sum)
      codewords.scaled.push_back(static_cast<std::int32_t>(std::floor(value / weight + 0.5)));
  }
  return codewords;
}

}  // namespace vqi
