// Split-merge search: leaves a local minimum by splitting cells that gain much and removing codewords that cost little.
#pragma once

#include <cstddef>

#include "codeword_rule.hpp"
#include "codeword_table.hpp"
#include "nearest_search.hpp"
#include "vector_rows.hpp"
#include "vector_set.hpp"
#include "work.hpp"

namespace vqi::detail {

/// How long to search.
struct SplitMergeOptions {
  int lloyd_steps = 3;                 ///< Lloyd's steps after each batch, before it is judged
  int failures_max = 3;                ///< the search ends after this many failed batches of a single pair
  int rounds_max = 1000;               ///< most batches
  const CodewordRule* rule = nullptr;  ///< borrowed; null: any codewords will do
  std::size_t fixed_codewords = 0;     ///< as many codewords, the first ones, are neither moved nor removed
  bool reports_progress = true;        ///< not where a search is one of several, as progress never falls
};

/// Moves codewords from where they are worth little to where they are needed, many at once. J never rises.
///
/// Each round pairs the codewords that cost least to remove with the cells that gain most from a split. For each pair,
/// the removed codeword and the codeword of the split cell become the means of its two parts. Some Lloyd's steps
/// follow, and the batch is kept if J fell; if not, the next batch has half as many pairs. After T. Kaukoranta, P.
/// Franti and O. Nevalainen, "Iterative split-and-merge algorithm for VQ codebook generation", Optical Engineering
/// 37(10), 1998, here in batches. `rows` and `search` are those of `vectors`. Throws Error{cancelled}.
void split_merge(const VectorSet& vectors, const VectorRows& rows, const NearestSearch& search,
                 const SplitMergeOptions& options, FixedCodewords& codewords, const Work& work);

}  // namespace vqi::detail
