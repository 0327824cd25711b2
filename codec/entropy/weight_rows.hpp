// WeightRows: rows of mixing weights, aligned for vector loads.
#pragma once

#include <hwy/aligned_allocator.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace vqi {

/// Rows of mixing weights, one after the other.
template <std::size_t RowSize>
class WeightRows {
 public:
  static constexpr std::size_t row_size = RowSize;

  WeightRows(std::size_t rows, std::int32_t weight) : weights_(hwy::AllocateAligned<std::int32_t>(rows * row_size)) {
    std::fill_n(weights_.get(), rows * row_size, weight);
  }
  [[nodiscard]] std::int32_t* row(std::size_t i) noexcept { return weights_.get() + i * row_size; }

 private:
  hwy::AlignedFreeUniquePtr<std::int32_t[]> weights_;
};

}  // namespace vqi
