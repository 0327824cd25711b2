// CellSums: weight and weighted sum of the vectors in every cell, exact and kept up to date as vectors move.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "codeword_table.hpp"
#include "integer.hpp"
#include "nearest_search.hpp"
#include "parallel.hpp"
#include "vector_set.hpp"
#include "work_pulse.hpp"

namespace vqi::detail {

/// The k cells of a codebook. All sums are integers, so their order does not matter.
class CellSums {
 public:
  /// Empty cells. Borrows `vectors`. Throws what `pulse` throws, as the other calls do.
  CellSums(const VectorSet& vectors, std::size_t k, WorkPulse pulse = {});

  /// Sums over all vectors, where vector n is in cell indices[n]. Cost O(n d).
  void compute(std::span<const std::uint16_t> indices, const ThreadPool& pool);
  /// Moves the changed vectors from their old cells to the cells that `indices` names now.
  void apply(std::span<const CellChange> changes, std::span<const std::uint16_t> indices, WorkPulse pulse = {});

  [[nodiscard]] std::uint64_t weight(std::size_t k) const noexcept { return weights_[k]; }
  /// Sum of w x_F over the cell.
  [[nodiscard]] std::span<const std::int64_t> sum(std::size_t k) const noexcept {
    return std::span(sums_).subspan(k * vectors_->dimension(), vectors_->dimension());
  }
  [[nodiscard]] std::size_t size() const noexcept { return weights_.size(); }

  /// Moves each codeword whose cell is not empty to the multiple of 2^-F nearest to the cell's mean, mu_k = sum r_nk
  /// x_n / sum r_nk (PRML 9.4). No other multiple of 2^-F gives the cell less distortion, so J cannot rise.
  /// The codewords before number `first` stay.
  void move_to_means(FixedCodewords& codewords, WorkPulse pulse = {}, std::size_t first = 0) const;

  /// 2^2F J = 2^2F sum w |x - c|^2 over all vectors, exactly (PRML 9.1).
  [[nodiscard]] int128 objective(const FixedCodewords& codewords, WorkPulse pulse = {}) const;

 private:
  /// Adds a vector to a cell, or removes it if `sign` is -1; `scratch` has room for its coordinates.
  void add(std::size_t vector, std::size_t cell, std::int64_t sign, std::span<std::int32_t> scratch);

  const VectorSet* vectors_;
  std::vector<std::uint64_t> weights_;  // (k)
  std::vector<std::int64_t> sums_;      // (k, d): sum of w x_F
};

}  // namespace vqi::detail
