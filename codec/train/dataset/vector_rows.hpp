// VectorRows: the vectors of a set as rows of floats, for cutting cells.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "vector_set.hpp"
#include "work_pulse.hpp"

namespace vqi::detail {

/// n rows of d coordinates x_F, and weights. The floats are exact, as x_F has at most 24 significant bits.
class VectorRows {
 public:
  /// Copies `vectors`. Cost O(n d). Throws what `pulse` throws.
  explicit VectorRows(const VectorSet& vectors, WorkPulse pulse = {});
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
