// NearestSearch: the nearest codeword of every vector of a set, exactly and in parallel.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "codeword_table.hpp"
#include "parallel.hpp"
#include "vector_set.hpp"

namespace vqi::detail {

/// A vector that moved to another cell.
struct CellChange {
  std::uint32_t vector = 0;
  std::uint16_t from = 0;
};

/// Exact search. Vectors of few dimensions are pruned by bounding boxes: a codeword can be nearest
/// to some point of a box only if the one nearest to the box's centre is not strictly nearer at
/// every corner. Boxes of 1024 vectors cut the codebook to a list, boxes of 256 and 64 cut the list; what
/// is left is compared by SIMD (research: 2 to 13 candidates of 256 in Morton order). For thousands of
/// codewords vectors are put into an order with smaller boxes, and more levels of them. Vectors of many
/// dimensions are compared with all codewords, as a blocked matrix product.
class NearestSearch {
 public:
  /// Borrows both. Computes the boxes; cost linear in the vectors. The other order is made when it is first needed, for
  /// n vectors in O(n log n).
  NearestSearch(const VectorSet& vectors, const ThreadPool& pool);
  ~NearestSearch();
  NearestSearch(const NearestSearch&) = delete;
  NearestSearch& operator=(const NearestSearch&) = delete;

  /// Vectors rounded up to whole blocks: the length of index arrays.
  [[nodiscard]] std::size_t padded_size() const noexcept;

  /// Writes the index of the nearest codeword of each vector, the lowest of equally near ones.
  /// `changes`, unless null, receives the vectors whose index differs from the one before, in an order that threads do
  /// not change.
  void assign(const FixedCodewords& codewords, std::span<std::uint16_t> indices,
              std::vector<CellChange>* changes) const;

  /// For each of at least two codewords, 2^2F sum w (d2^2 - d1^2) over the vectors of its cell, d1 and
  /// d2 their distances to the nearest and the second nearest codeword: what J would rise by without it.
  [[nodiscard]] std::vector<double> second_choice_costs(const FixedCodewords& codewords) const;

  /// 2^2F |x - c|^2 for each vector and the codeword that `indices` gives it.
  [[nodiscard]] std::vector<std::uint64_t> distances_sq(const FixedCodewords& codewords,
                                                        std::span<const std::uint16_t> indices) const;

 private:
  template <typename Word, typename TileWord>
  struct FormatSearch;
  struct Searches;
  std::unique_ptr<Searches> searches_;
};

}  // namespace vqi::detail
