// SampledVectors: a sample of the vectors of many images, the same in whatever order and split they are added.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "distinct_vectors.hpp"
#include "merged_vectors.hpp"

namespace vqi::detail {

/// A hash of an image's size, type and pixels.
using ImageId = std::array<std::byte, 16>;

/// Priority sampling (N. Duffield, C. Lund, M. Thorup, "Priority sampling for estimation of arbitrary subset sums",
/// J. ACM 54(6), 2007). An entry is a vector of one image with its count c there. Its rank is h / c, where h is a hash
/// of the vector with the image's id for a key, so that the more often a vector occurs the surer it is kept. The
/// entries with the smallest ranks are kept; t is the smallest rank that was left out, and max(c, 2^64 / t) an unbiased
/// estimate of what an entry stands for. As no entry belongs to two images, which entries are kept and t depend on
/// the set of images alone. Until more entries come than there is room for, all is exact.
class SampledVectors {
 public:
  struct Entry {
    std::uint64_t rank = 1;  ///< above 0
    std::uint32_t count = 1;
  };
  /// The kept entries in ascending order of rank, vector and count, by their numbers.
  struct Kept {
    std::vector<std::uint32_t> order;
    std::uint64_t threshold = 0;  ///< the smallest rank that was left out, 0 if none was
  };

  SampledVectors(std::uint32_t dimension, std::uint32_t bit_depth, std::uint32_t most)
      : row_bytes_(std::size_t{dimension} * (bit_depth / 8)), bit_depth_(bit_depth), most_(most) {}

  /// The vectors of one image.
  void add(const VectorCounts& vectors, const ImageId& image);
  /// Those of a sample of other images, with vectors and a size like these.
  void add(const SampledVectors& other);
  /// An entry of a file. `threshold` is that of the file.
  void add(const std::byte* row, const Entry& entry) { take(row, entry); }
  void leave_out_from(std::uint64_t threshold) noexcept;

  [[nodiscard]] Kept kept() const;
  /// True if entry `a` comes before entry `b`.
  [[nodiscard]] bool is_before(std::uint32_t a, std::uint32_t b) const noexcept;
  [[nodiscard]] const Entry& entry(std::uint32_t n) const noexcept { return entries_[n]; }
  [[nodiscard]] const std::byte* row(std::uint32_t n) const noexcept { return rows_.data() + n * row_bytes_; }
  [[nodiscard]] std::size_t row_bytes() const noexcept { return row_bytes_; }
  [[nodiscard]] std::uint32_t bit_depth() const noexcept { return bit_depth_; }
  [[nodiscard]] std::uint32_t most() const noexcept { return most_; }
  /// Bytes that the entries take.
  [[nodiscard]] std::uint64_t size_bytes() const noexcept { return rows_.size() + entries_.size() * sizeof(Entry); }
  /// True if entries were left out.
  [[nodiscard]] bool is_partial() const noexcept { return threshold_ != 0 || entries_.size() > most_; }

  /// The kept vectors with what they stand for, in any order and perhaps several times.
  [[nodiscard]] VectorRun weighted() const;

 private:
  void take(const std::byte* row, const Entry& entry);
  void cut();

  std::size_t row_bytes_;
  std::uint32_t bit_depth_;
  std::uint32_t most_;
  std::uint64_t threshold_ = 0;
  std::vector<std::byte> rows_;
  std::vector<Entry> entries_;  // up to 2 * most_, of which kept() are counted
};

/// What an entry with `count` stands for under a threshold.
[[nodiscard]] std::uint64_t sample_weight(std::uint32_t count, std::uint64_t threshold) noexcept;

/// The hash of a vector of samples with an image's id for a key (STATISTICS.md, "SMPL").
[[nodiscard]] std::uint64_t keyed_hash(const std::byte* row, std::size_t row_bytes, std::uint32_t bit_depth,
                                       const ImageId& key) noexcept;

}  // namespace vqi::detail
