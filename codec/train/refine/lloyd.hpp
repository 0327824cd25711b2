// Lloyd's algorithm: assign every vector to its nearest codeword, move codewords to the means of cells, repeat.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "codeword_table.hpp"
#include "nearest_search.hpp"
#include "vector_set.hpp"
#include "vqi/report.hpp"
#include "work.hpp"

namespace vqi::detail {

/// When to stop, and how to report.
struct LloydOptions {
  std::uint32_t sample_count = 1;    ///< samples in a vector: IterationStats::distortion is a mean over samples
  std::uint32_t max_iterations = 0;  ///< most steps
  double tolerance = 0;              ///< a step that lowers J by less than this part of it is the last
  std::size_t fixed_codewords = 0;   ///< as many codewords, the first ones, stay where they are
};

/// The steps that were taken.
struct LloydResult {
  std::uint32_t iterations = 0;
  bool converged = false;  ///< the last step moved no vector and repaired no cell
  std::vector<IterationStats> history;
};

/// Improves `codewords` by at most options.max_iterations steps (S. Lloyd, "Least squares quantization in PCM", IEEE
/// Trans. Information Theory 28(2), 1982; PRML section 9.1). Each step is exact, so J never rises.
///
/// `search` is over `vectors`. `indices`, search.padded_size() long, ends as the assignment to the codewords before the
/// last move. Throws Error{cancelled}.
LloydResult lloyd(const VectorSet& vectors, const NearestSearch& search, const LloydOptions& options,
                  FixedCodewords& codewords, std::span<std::uint16_t> indices, const Work& work);

}  // namespace vqi::detail
