// WeightRows: rows of mixing weights, aligned for vector loads.
#pragma once

#include <cstddef>
#include <cstdint>

#include "aligned_array.hpp"

namespace vqi::detail {

/// Rows of mixing weights, one after the other.
template <std::size_t RowSize>
class WeightRows {
 public:
  static constexpr std::size_t row_size = RowSize;

  WeightRows(std::size_t rows, std::int32_t weight) : weights_(make_aligned_array(rows * row_size, weight)) {}
  [[nodiscard]] std::int32_t* row(std::size_t i) noexcept { return weights_.get() + i * row_size; }

 private:
  AlignedArray weights_;
};

}  // namespace vqi::detail
