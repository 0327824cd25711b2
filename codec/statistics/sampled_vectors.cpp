// Keeps entries until they are twice as many as there is room for, then cuts them to the smallest ranks.
#include "sampled_vectors.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <numeric>
#include <utility>

#include "bytes.hpp"
#include "random.hpp"

namespace vqi::detail {
namespace {

constexpr std::size_t word_bytes = 8;

/// Up to eight bytes of a vector as they lie in a file: samples of 16 bits little-endian.
std::uint64_t word_of(const std::byte* bytes, std::size_t count, std::uint32_t bit_depth) noexcept {
  std::uint64_t word = load_le(bytes, count);
  if constexpr (std::endian::native == std::endian::big)
    if (bit_depth == 16) word = (word & 0x00FF00FF00FF00FFU) << 8 | (word >> 8 & 0x00FF00FF00FF00FFU);
  static_cast<void>(bit_depth);
  return word;
}

}  // namespace

std::uint64_t keyed_hash(const std::byte* row, std::size_t row_bytes, std::uint32_t bit_depth,
                         const ImageId& key) noexcept {
  std::uint64_t hash = load_le(key.data(), word_bytes);
  for (std::size_t at = 0; at < row_bytes; at += word_bytes)
    hash = splitmix64(hash ^ word_of(row + at, std::min(word_bytes, row_bytes - at), bit_depth));
  return splitmix64(hash ^ load_le(key.data() + word_bytes, word_bytes));
}

std::uint64_t sample_weight(std::uint32_t count, std::uint64_t threshold) noexcept {
  if (threshold == 0) return count;
  return std::max<std::uint64_t>(count, std::numeric_limits<std::uint64_t>::max() / threshold);
}

void SampledVectors::add(const VectorCounts& vectors, const ImageId& image) {
  const SampleArray& samples = vectors.samples();
  for (std::size_t n = 0; n < vectors.size(); ++n) {
    const std::uint32_t count = vectors.counts()[n];
    const std::uint64_t hash = keyed_hash(samples.row(n), row_bytes_, bit_depth_, image);
    take(samples.row(n), {std::max<std::uint64_t>(hash / count, 1), count});
  }
}

void SampledVectors::add(const SampledVectors& other) {
  leave_out_from(other.threshold_);
  for (std::uint32_t n = 0; n < other.entries_.size(); ++n) take(other.row(n), other.entries_[n]);
}

void SampledVectors::leave_out_from(std::uint64_t threshold) noexcept {
  if (threshold != 0) threshold_ = threshold_ == 0 ? threshold : std::min(threshold_, threshold);
}

void SampledVectors::take(const std::byte* row, const Entry& entry) {
  // Where a rank was left out, as many smaller ones as there is room for exist, here or in a part that is being added.
  if (threshold_ != 0 && entry.rank > threshold_) return;
  rows_.insert(rows_.end(), row, row + row_bytes_);
  entries_.push_back(entry);
  if (entries_.size() >= 2 * std::size_t{most_}) cut();
}

bool SampledVectors::is_before(std::uint32_t a, std::uint32_t b) const noexcept {
  if (entries_[a].rank != entries_[b].rank) return entries_[a].rank < entries_[b].rank;
  for (std::size_t i = 0; i < row_bytes_ / (bit_depth_ / 8); ++i) {
    const std::uint32_t sample_of_a = load_sample(row(a), i, bit_depth_);
    const std::uint32_t sample_of_b = load_sample(row(b), i, bit_depth_);
    if (sample_of_a != sample_of_b) return sample_of_a < sample_of_b;
  }
  return entries_[a].count < entries_[b].count;
}

SampledVectors::Kept SampledVectors::kept() const {
  Kept kept{std::vector<std::uint32_t>(entries_.size()), threshold_};
  std::iota(kept.order.begin(), kept.order.end(), 0U);
  std::sort(kept.order.begin(), kept.order.end(), [this](std::uint32_t a, std::uint32_t b) { return is_before(a, b); });
  if (kept.order.size() > most_) {
    const std::uint64_t left_out = entries_[kept.order[most_]].rank;
    kept.threshold = threshold_ == 0 ? left_out : std::min(threshold_, left_out);
    kept.order.resize(most_);
  }
  return kept;
}

void SampledVectors::cut() {
  const Kept kept = this->kept();
  std::vector<std::byte> rows;
  std::vector<Entry> entries;
  rows.reserve(kept.order.size() * row_bytes_);
  entries.reserve(kept.order.size());
  for (const std::uint32_t n : kept.order) {
    rows.insert(rows.end(), row(n), row(n) + row_bytes_);
    entries.push_back(entries_[n]);
  }
  rows_ = std::move(rows);
  entries_ = std::move(entries);
  threshold_ = kept.threshold;
}

VectorRun SampledVectors::weighted() const {
  const Kept kept = this->kept();
  VectorRun run;
  for (const std::uint32_t n : kept.order) {
    run.rows.insert(run.rows.end(), row(n), row(n) + row_bytes_);
    run.counts.push_back(sample_weight(entries_[n].count, kept.threshold));
  }
  return run;
}

}  // namespace vqi::detail
