// DatasetLevel: the training vectors at one resolution, with the structures that searches for a codebook need.
#pragma once

#include <cstddef>
#include <memory>

#include "codeword_table.hpp"
#include "lazy.hpp"
#include "nearest_search.hpp"
#include "parallel.hpp"
#include "progress.hpp"
#include "split_seeding.hpp"
#include "vector_rows.hpp"
#include "vector_set.hpp"

namespace vqi::detail {

/// A level is made with its vectors; search(), rows() and seed_by_splits() make their structures at the first call.
/// Calls may come from several threads at once.
class DatasetLevel {
 public:
  /// Owns the vectors and borrows the pool.
  DatasetLevel(VectorSet vectors, const ThreadPool& pool);
  DatasetLevel(const DatasetLevel&) = delete;
  DatasetLevel& operator=(const DatasetLevel&) = delete;

  [[nodiscard]] const VectorSet& vectors() const noexcept { return vectors_; }
  /// Nearest-codeword search over vectors().
  [[nodiscard]] const NearestSearch& search() const;
  /// vectors() as rows of floats.
  [[nodiscard]] const VectorRows& rows() const;
  /// At most k codewords by split seeding (see SplitSeeding::seed). Calls with different k share their common cuts,
  /// except for large blocks, whose cells would take too much memory.
  [[nodiscard]] FixedCodewords seed_by_splits(std::size_t k, ProgressReporter& progress) const;

 private:
  VectorSet vectors_;
  const ThreadPool& pool_;
  Lazy<std::unique_ptr<const NearestSearch>> search_;
  Lazy<VectorRows> rows_;
  Lazy<std::unique_ptr<SplitSeeding>> seeding_;
};

}  // namespace vqi::detail
