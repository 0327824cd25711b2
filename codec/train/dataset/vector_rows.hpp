// VectorRows: the vectors of a set as plain rows of floating-point numbers, for everything but nearest-codeword search.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "vector_set.hpp"

namespace vqi::detail {

/// n rows of d coordinates x_F, with weights. Exact: x_F has at most 24 significant bits.
class VectorRows {
 public:
  /// A copy; cost O(n d).
  explicit VectorRows(const VectorSet& vectors);
  [[nodiscard]] std::uint32_t dimension() const noexcept { return dimension_; }
  [[nodiscard]] std::size_t size() const noexcept { return weights_.size(); }
  [[nodiscard]] const float* row(std::size_t n) const noexcept { return coordinates_.data() + n * dimension_; }
  [[nodiscard]] double weight(std::size_t n) const noexcept { return weights_[n]; }

 private:
  std::uint32_t dimension_;
  std::vector<float> coordinates_;  // (n, d) row-major
  std::vector<double> weights_;
};

}  // namespace vqi::detail
