// GatheredVectors: the distinct vectors of an image that is seen in bands and never whole.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "block_grid.hpp"
#include "distinct_vectors.hpp"
#include "vqi/image.hpp"
#include "work.hpp"

namespace vqi::detail {

/// What find_distinct_vectors finds in the whole image, in the same order, with the same counts where they are below
/// 2^32 together, else with counts in proportion (counts_of).
class GatheredVectors : public VectorCounts {
 public:
  /// Counts the vectors of a band: whole rows of blocks, from the top of the image to its bottom. `grid` is that of the
  /// band.
  virtual void add(const ImageView& band, const BlockGrid& grid, const Work& work) = 0;
  /// Bytes that are taken so far, with what finish() will take.
  [[nodiscard]] virtual std::uint64_t size_bytes() const noexcept = 0;
  /// To be called after the last band, and before the calls of VectorCounts and those below.
  virtual void finish(const Work& work) = 0;

  /// The index of each distinct vector, for map().
  virtual void set_indices(std::span<const std::uint16_t> index_of) = 0;
  /// The index of each vector of a band. A vector that was not gathered gets any index.
  virtual void map(const ImageView& band, const BlockGrid& grid, std::span<std::uint16_t> indices,
                   const Work& work) const = 0;

 protected:
  GatheredVectors() = default;
};

/// For an image with this grid. Of vectors of more than 24 bits it may have 2^32 - 1.
[[nodiscard]] std::unique_ptr<GatheredVectors> make_gathered_vectors(const BlockGrid& grid);

}  // namespace vqi::detail
