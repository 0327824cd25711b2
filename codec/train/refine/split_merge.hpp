// Split-merge search: out of a local minimum by splitting costly cells and removing cheap codewords.
#pragma once

#include "codeword_table.hpp"
#include "nearest_search.hpp"
#include "vector_rows.hpp"
#include "vector_set.hpp"
#include "work.hpp"

namespace vqi::detail {

struct SplitMergeOptions {
  int lloyd_steps = 3;    ///< after each batch, before it is judged
  int failures_max = 3;   ///< batches of a single pair that may fail before the search ends
  int rounds_max = 1000;  ///< batches at the most
};

/// Moves codewords from where they are worth little to where they are needed, many at once.
///
/// In each round the codewords whose removal would cost least are paired with the cells whose split
/// would save most; each removed codeword and one of the split cell's take the split's means, some
/// Lloyd steps follow, and the batch is kept if J fell. A failed batch is tried with half as many
/// pairs. After T. Kaukoranta, P. Franti and O. Nevalainen, "Iterative split-and-merge algorithm for
/// VQ codebook generation", Optical Engineering 37(10), 1998, in batches. `codewords` changes only
/// for the better.
void split_merge(const VectorSet& vectors, const VectorRows& rows, const NearestSearch& search,
                 const SplitMergeOptions& options, FixedCodewords& codewords, const Work& work);

}  // namespace vqi::detail
