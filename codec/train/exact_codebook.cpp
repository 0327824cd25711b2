// Taking distinct vectors as codewords, the most frequent hidden colours last.
#include "exact_codebook.hpp"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <numeric>

namespace vqi::detail {

IndexedCodebook exact_codebook(const VectorCounts& distinct) {
  IndexedCodebook result{distinct.samples(), std::vector<std::uint16_t>(distinct.size())};
  std::iota(result.index_of.begin(), result.index_of.end(), std::uint16_t{0});
  return result;
}

IndexedCodebook visibly_exact_codebook(const Dataset& dataset, std::uint32_t k) {
  const VectorCounts& distinct = dataset.distinct();
  std::vector<std::size_t> chosen(dataset.size());
  for (std::size_t n = 0; n < chosen.size(); ++n) chosen[n] = dataset.representative(n);
  std::vector<bool> taken(distinct.size());
  for (const std::size_t d : chosen) taken[d] = true;
  std::vector<std::size_t> others;
  for (std::size_t d = 0; d < distinct.size(); ++d)
    if (!taken[d]) others.push_back(d);
  std::stable_sort(others.begin(), others.end(),
                   [&](std::size_t a, std::size_t b) { return distinct.counts()[a] > distinct.counts()[b]; });
  chosen.insert(chosen.end(), others.begin(), others.begin() + (k - static_cast<std::ptrdiff_t>(chosen.size())));

  IndexedCodebook result{SampleArray(k, distinct.samples().dimension(), distinct.samples().bit_depth()),
                         std::vector<std::uint16_t>(distinct.size())};
  for (std::size_t d = 0; d < distinct.size(); ++d)
    result.index_of[d] = static_cast<std::uint16_t>(dataset.vector_of(d));
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    std::memcpy(result.codewords.row(i), distinct.samples().row(chosen[i]), result.codewords.row_bytes());
    result.index_of[chosen[i]] = static_cast<std::uint16_t>(i);
  }
  return result;
}

}  // namespace vqi::detail
