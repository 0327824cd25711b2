// SplitSeeding: a first codebook by cutting the cell in two whose cut saves most, until there are K cells.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <mutex>
#include <span>
#include <vector>

#include "cell_split.hpp"
#include "codeword_table.hpp"
#include "progress.hpp"
#include "vector_rows.hpp"
#include "work_pulse.hpp"

namespace vqi::detail {

/// The cell whose cut lowers J most is cut across its principal axis, and both parts become cells. After X. Wu, "Color
/// quantization by dynamic programming and principal analysis", ACM Trans. Graphics 11(4), 1992, and the
/// principal-direction divisive partitioning of D. Boley, Data Mining and Knowledge Discovery 2(4), 1998.
/// Deterministic, and better than random seeding before Lloyd's steps.
///
/// The first cuts are the same for every K, so cells are kept, and each call only makes the cuts that are missing.
/// Calls may come from several threads, which wait for each other.
class SplitSeeding {
 public:
  /// Borrows `rows`, of which there is at least one. Throws what `pulse` throws.
  explicit SplitSeeding(const VectorRows& rows, WorkPulse pulse = {});

  /// The means of at most k cells, sorted by descending gain; fewer if there are fewer different vectors. Cost about
  /// O(n d log k) for the first call, O(n d) and the missing cuts for others. Throws Error{cancelled}.
  [[nodiscard]] FixedCodewords seed(std::size_t k, ProgressReporter& progress);

 private:
  static constexpr std::uint32_t never = std::numeric_limits<std::uint32_t>::max();

  /// A cell of the vectors order_[begin] .. order_[end - 1]. Time is the number of cells: the partition into k cells is
  /// every cell with born <= k <= died.
  struct Cell {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::uint32_t born = 1;                    ///< number of cells once this one was made
    std::uint32_t died = never;                ///< number of cells when this one was cut
    std::uint32_t unsplittable_since = never;  ///< number of cells when a cut left one part of it empty
    CellSplit split;                           ///< its gain and, until it is cut, the means of both parts
  };

  /// The numbers of the vectors order_[begin] .. order_[end - 1].
  [[nodiscard]] std::span<std::uint32_t> members(std::uint32_t begin, std::uint32_t end) {
    return std::span(order_).subspan(begin, end - begin);
  }
  /// True if cell b has a larger gain than cell a, as known when there were `k` cells; if equal, if b begins first.
  [[nodiscard]] bool comes_later(std::uint32_t a, std::uint32_t b, std::size_t k) const;
  /// The order of queue_, by the gains known now.
  [[nodiscard]] auto later_now() const {
    return [this](std::uint32_t a, std::uint32_t b) { return comes_later(a, b, never); };
  }
  /// Makes a cell and puts it into the queue.
  void add(std::uint32_t begin, std::uint32_t end, std::uint32_t born);
  void push(std::uint32_t cell);
  /// Cuts the first cell of the queue, or marks it as unsplittable. False if no cut gains anything.
  bool cut_next();

  const VectorRows& rows_;
  WorkPulse pulse_;
  std::mutex mutex_;
  std::vector<std::uint32_t> order_;
  std::vector<Cell> cells_;           // all cells, also those already cut
  std::vector<std::uint32_t> queue_;  // a heap of the cells that are not cut
};

}  // namespace vqi::detail
