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

/// A vector that moved to another cell, and the cell that it left.
struct CellChange {
  std::uint32_t vector = 0;
  std::uint16_t from = 0;
};

/// Finds the nearest codewords exactly. With up to 6 dimensions (5 in wide numbers) bounding boxes leave few codewords
/// to compare with, the fewer the nearer the set's neighbours are in space; with more dimensions every vector is
/// compared with every codeword. Calls may come from several threads at once.
class NearestSearch {
 public:
  /// Borrows both. Cost O(n d) for n vectors, and O(n log n) at the first call with thousands of codewords.
  NearestSearch(const VectorSet& vectors, const ThreadPool& pool);
  ~NearestSearch();
  NearestSearch(const NearestSearch&) = delete;
  NearestSearch& operator=(const NearestSearch&) = delete;

  /// The number of vectors rounded up to whole blocks: the length of the index array that assign() writes.
  [[nodiscard]] std::size_t padded_size() const noexcept;

  /// Writes the index of each vector's nearest codeword, the lowest index of several equally near ones. If `changes` is
  /// not null, `indices` holds an earlier assignment, and `changes` becomes the list of vectors whose index differs
  /// from it; its order does not depend on threads. Cost at most O(n k d).
  void assign(const FixedCodewords& codewords, std::span<std::uint16_t> indices,
              std::vector<CellChange>* changes) const;

  /// For each codeword, by how much 2^2F J would rise without it: the sum of w (d2^2 - d1^2) over the vectors of its
  /// cell, where d1 and d2 are the distances to the nearest and the second nearest codeword. There are at least two.
  [[nodiscard]] std::vector<double> second_choice_costs(const FixedCodewords& codewords) const;

  /// 2^2F |x - c|^2 of each vector x, where c is the codeword that `indices` gives it.
  [[nodiscard]] std::vector<std::uint64_t> distances_sq(const FixedCodewords& codewords,
                                                        std::span<const std::uint16_t> indices) const;

 private:
  template <typename Word, typename TileWord>
  struct FormatSearch;
  struct Searches;
  std::unique_ptr<Searches> searches_;
};

}  // namespace vqi::detail
