// Lloyd's algorithm: assign every vector to its nearest codeword, move codewords to cell means, repeat.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "codeword_table.hpp"
#include "nearest_search.hpp"
#include "vector_set.hpp"
#include "vqi/report.hpp"
#include "work.hpp"

namespace vqi::detail {

struct LloydOptions {
  std::uint32_t sample_count = 1;    ///< the dimension that IterationStats::distortion is a mean over
  std::uint32_t max_iterations = 0;  ///< steps at the most
  double tolerance = 0;              ///< a step that lowers J by less than this part of it is the last
};

struct LloydResult {
  std::uint32_t iterations = 0;
  bool converged = false;  ///< the last step moved no vector and repaired no cell
  std::vector<IterationStats> history;
};

/// Improves `codewords` by at most `options.max_iterations` steps (S. Lloyd, IEEE Trans. Information Theory
/// 28(2), 1982; PRML section 9.1). Each step is exact, so J never rises.
///
/// `indices` (search.padded_size()) ends as the assignment to the codewords before the last move.
LloydResult lloyd(const VectorSet& vectors, const NearestSearch& search, const LloydOptions& options,
                  FixedCodewords& codewords, std::span<std::uint16_t> indices, const Work& work);

}  // namespace vqi::detail
