// DistinctVectors: the different vectors of an image with their counts, and the way from them to the index map.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "block_grid.hpp"
#include "sample_array.hpp"
#include "work.hpp"

namespace vqi::detail {

/// k-means on (distinct vector, count) pairs has the same objective as on all vectors, and a photograph of 24
/// megapixels has only some 0.2 to 0.6 million distinct colours.
///
/// Vectors of at most 24 bits are found by a histogram with a bin for every possible vector (dense_vectors.cpp), others
/// by hashing (hashed_vectors.cpp). Their order depends on the image alone; RGB pixels of 8 bits are in Morton order.
class DistinctVectors {
 public:
  virtual ~DistinctVectors() = default;

  [[nodiscard]] virtual std::size_t size() const noexcept = 0;
  [[nodiscard]] virtual const SampleArray& samples() const noexcept = 0;
  [[nodiscard]] virtual std::span<const std::uint32_t> counts() const noexcept = 0;
  /// True if neighbouring vectors are near in space.
  [[nodiscard]] virtual bool in_morton_order() const noexcept = 0;

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
