// MergedVectors: the distinct vectors of many images with the sums of their counts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "distinct_vectors.hpp"
#include "sample_array.hpp"

namespace vqi::detail {

/// Different vectors in ascending order, and how often each occurs.
struct VectorRun {
  std::vector<std::byte> rows;
  std::vector<std::uint64_t> counts;
};

/// Adds vectors in any order; the result is the same. Vectors of up to 24 bits come out in the order of
/// DistinctVectors, others in that of their samples, the first one deciding.
class MergedVectors {
 public:
  MergedVectors(std::uint32_t dimension, std::uint32_t bit_depth) : dimension_(dimension), bit_depth_(bit_depth) {}

  void add(const VectorCounts& vectors);
  /// Vectors that may be in any order, and equal.
  void add(VectorRun run);
  /// Those of `other`, of the same dimension and depth.
  void add(const MergedVectors& other);
  /// Bytes that the vectors and counts take.
  [[nodiscard]] std::uint64_t size_bytes() const noexcept;
  /// All vectors in one run.
  [[nodiscard]] VectorRun merged() const;

 private:
  [[nodiscard]] std::size_t row_bytes() const noexcept { return std::size_t{dimension_} * (bit_depth_ / 8); }
  [[nodiscard]] int compare(const std::byte* a, const std::byte* b) const noexcept;
  void add_sorted(VectorRun run);
  [[nodiscard]] VectorRun merge(const VectorRun& a, const VectorRun& b) const;

  std::uint32_t dimension_;
  std::uint32_t bit_depth_;
  std::vector<VectorRun> runs_;  // each more than twice as long as the next
};

}  // namespace vqi::detail
