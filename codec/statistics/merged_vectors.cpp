// Sorted runs that are merged as they become alike in size, so that n vectors take O(n log n) steps.
#include "merged_vectors.hpp"

#include <algorithm>
#include <cstring>
#include <numeric>
#include <utility>

#include "colour_code.hpp"

namespace vqi::detail {
namespace {

constexpr std::size_t code_bytes_max = 3;  // vectors with a ColourCode

}  // namespace

int MergedVectors::compare(const std::byte* a, const std::byte* b) const noexcept {
  if (row_bytes() <= code_bytes_max) {
    const ColourCode code(row_bytes());
    std::uint32_t code_of_a = 0;
    std::uint32_t code_of_b = 0;
    code.read_codes(a, std::span(&code_of_a, 1));
    code.read_codes(b, std::span(&code_of_b, 1));
    return code_of_a == code_of_b ? 0 : code_of_a < code_of_b ? -1 : 1;
  }
  if (bit_depth_ == 8) return std::memcmp(a, b, row_bytes());
  for (std::uint32_t i = 0; i < dimension_; ++i) {
    const std::uint32_t sample_of_a = load_sample(a, i, bit_depth_);
    const std::uint32_t sample_of_b = load_sample(b, i, bit_depth_);
    if (sample_of_a != sample_of_b) return sample_of_a < sample_of_b ? -1 : 1;
  }
  return 0;
}

void MergedVectors::add(const VectorCounts& vectors) {
  const std::span<const std::byte> rows = vectors.samples().bytes();
  add(VectorRun{{rows.begin(), rows.end()}, {vectors.counts().begin(), vectors.counts().end()}});
}

void MergedVectors::add(VectorRun unsorted) {
  std::vector<std::uint32_t> order(unsorted.counts.size());
  std::iota(order.begin(), order.end(), 0U);
  const auto row_of = [&](std::uint32_t n) { return unsorted.rows.data() + n * row_bytes(); };
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return compare(row_of(a), row_of(b)) < 0; });
  VectorRun run;
  run.rows.reserve(unsorted.rows.size());
  for (const std::uint32_t n : order) {
    const bool is_new = run.counts.empty() || compare(run.rows.data() + run.rows.size() - row_bytes(), row_of(n)) != 0;
    if (is_new) {
      run.rows.insert(run.rows.end(), row_of(n), row_of(n) + row_bytes());
      run.counts.push_back(0);
    }
    run.counts.back() += unsorted.counts[n];
  }
  add_sorted(std::move(run));
}

void MergedVectors::add(const MergedVectors& other) {
  for (const VectorRun& run : other.runs_) add_sorted(run);
}

void MergedVectors::add_sorted(VectorRun run) {
  while (!runs_.empty() && runs_.back().counts.size() <= 2 * run.counts.size()) {
    run = merge(runs_.back(), run);
    runs_.pop_back();
  }
  runs_.push_back(std::move(run));
}

VectorRun MergedVectors::merge(const VectorRun& a, const VectorRun& b) const {
  VectorRun merged;
  merged.rows.reserve(a.rows.size() + b.rows.size());
  std::size_t i = 0;
  std::size_t j = 0;
  const auto take = [&](const VectorRun& run, std::size_t at) {
    const auto row = run.rows.begin() + static_cast<std::ptrdiff_t>(at * row_bytes());
    merged.rows.insert(merged.rows.end(), row, row + static_cast<std::ptrdiff_t>(row_bytes()));
    merged.counts.push_back(run.counts[at]);
  };
  while (i < a.counts.size() && j < b.counts.size()) {
    const int order = compare(a.rows.data() + i * row_bytes(), b.rows.data() + j * row_bytes());
    if (order <= 0) take(a, i++);
    if (order > 0) take(b, j++);
    if (order == 0) merged.counts.back() += b.counts[j++];
  }
  while (i < a.counts.size()) take(a, i++);
  while (j < b.counts.size()) take(b, j++);
  return merged;
}

std::uint64_t MergedVectors::size_bytes() const noexcept {
  std::uint64_t bytes = 0;
  for (const VectorRun& run : runs_) bytes += run.rows.size() + run.counts.size() * sizeof(std::uint64_t);
  return bytes;
}

VectorRun MergedVectors::merged() const {
  VectorRun all;
  for (auto run = runs_.rbegin(); run != runs_.rend(); ++run) all = all.counts.empty() ? *run : merge(*run, all);
  return all;
}

}  // namespace vqi::detail
