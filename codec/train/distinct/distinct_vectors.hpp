// DistinctVectors: the different vectors of an image with their counts, and the way back to pixels.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "block_grid.hpp"
#include "sample_array.hpp"
#include "work.hpp"

namespace vqi::detail {

/// k-means on (distinct vector, count) pairs has the same objective as on all vectors, and a
/// photograph of 24 megapixels has only some 0.2 to 0.6 million distinct colours.
///
/// Two ways to find them: a table with an entry for every possible vector where vectors have at
/// most 24 bits (dense_vectors.cpp), hashing elsewhere (hashed_vectors.cpp). The order of the
/// vectors depends on the image only; dense RGB ones come in Morton order.
class DistinctVectors {
 public:
  virtual ~DistinctVectors() = default;

  [[nodiscard]] virtual std::size_t size() const noexcept = 0;
  [[nodiscard]] virtual const SampleArray& samples() const noexcept = 0;
  [[nodiscard]] virtual std::span<const std::uint32_t> counts() const noexcept = 0;
  /// True if neighbours in the order are near in space.
  [[nodiscard]] virtual bool in_morton_order() const noexcept = 0;

  /// indices[v] = index_of[d] for every vector v of the image's map, d being its distinct vector. May
  /// be called by several threads at once.
  virtual void map(std::span<const std::uint16_t> index_of, std::span<std::uint16_t> indices,
                   const Work& work) const = 0;

 protected:
  DistinctVectors() = default;
};

/// Finds the distinct vectors of `image`, which is borrowed for the result's life. The grid has at
/// most 2^32 - 1 vectors.
[[nodiscard]] std::unique_ptr<DistinctVectors> find_distinct_vectors(const ImageView& image, const BlockGrid& grid,
                                                                     const Work& work);

/// The two ways; the first needs vectors of at most 24 bits.
[[nodiscard]] std::unique_ptr<DistinctVectors> find_dense_vectors(const ImageView& image, const BlockGrid& grid,
                                                                  const Work& work);
[[nodiscard]] std::unique_ptr<DistinctVectors> find_hashed_vectors(const ImageView& image, const BlockGrid& grid,
                                                                   const Work& work);

}  // namespace vqi::detail
