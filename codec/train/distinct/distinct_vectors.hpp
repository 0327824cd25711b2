// VectorCounts: different vectors with their counts. DistinctVectors: those of an image, and the way to its index map.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "block_grid.hpp"
#include "sample_array.hpp"
#include "work.hpp"

namespace vqi::detail {

/// What training sees of images.
class VectorCounts {
 public:
  virtual ~VectorCounts() = default;

  [[nodiscard]] virtual std::size_t size() const noexcept = 0;
  [[nodiscard]] virtual const SampleArray& samples() const noexcept = 0;
  /// How much each vector counts; their sum is at most 2^32 - 1.
  [[nodiscard]] virtual std::span<const std::uint32_t> counts() const noexcept = 0;
  /// True if neighbouring vectors are near in space.
  [[nodiscard]] virtual bool in_morton_order() const noexcept = 0;

 protected:
  VectorCounts() = default;
};

/// Vectors whose counts are given. Borrows the samples.
class WeightedVectors final : public VectorCounts {
 public:
  WeightedVectors(const SampleArray& samples, std::vector<std::uint32_t> counts, bool in_morton_order)
      : samples_(samples), counts_(std::move(counts)), in_morton_order_(in_morton_order) {}

  [[nodiscard]] std::size_t size() const noexcept override { return counts_.size(); }
  [[nodiscard]] const SampleArray& samples() const noexcept override { return samples_; }
  [[nodiscard]] std::span<const std::uint32_t> counts() const noexcept override { return counts_; }
  [[nodiscard]] bool in_morton_order() const noexcept override { return in_morton_order_; }

 private:
  const SampleArray& samples_;
  std::vector<std::uint32_t> counts_;
  bool in_morton_order_;
};

/// k-means on (distinct vector, count) pairs has the same objective as on all vectors, and a photograph of 24
/// megapixels has only some 0.2 to 0.6 million distinct colours.
///
/// Vectors of at most 24 bits are found by a histogram with a bin for every possible vector (dense_vectors.cpp), others
/// by hashing (hashed_vectors.cpp). Their order depends on the image alone; RGB pixels of 8 bits are in Morton order.
class DistinctVectors : public VectorCounts {
 public:
  /// Sets indices[v] = index_of[d] for every vector v of the image, where d is its distinct vector. Calls may come from
  /// several threads at once.
  virtual void map(std::span<const std::uint16_t> index_of, std::span<std::uint16_t> indices,
                   const Work& work) const = 0;

 protected:
  DistinctVectors() = default;
};

/// Finds the distinct vectors of an image, whose samples must outlive the result. The grid has at most 2^32 - 1
/// vectors.
[[nodiscard]] std::unique_ptr<DistinctVectors> find_distinct_vectors(const ImageView& image, const BlockGrid& grid,
                                                                     const Work& work);

/// The two ways to find them; the first is only for vectors of at most 24 bits.
[[nodiscard]] std::unique_ptr<DistinctVectors> find_dense_vectors(const ImageView& image, const BlockGrid& grid,
                                                                  const Work& work);
[[nodiscard]] std::unique_ptr<DistinctVectors> find_hashed_vectors(const ImageView& image, const BlockGrid& grid,
                                                                   const Work& work);

}  // namespace vqi::detail
