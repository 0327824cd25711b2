// Histograms that are emptied into 64-bit sums before they overflow, and partitions of hashed vectors.
#include "gathered_vectors.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <utility>
#include <vector>

#include "colour_histogram.hpp"
#include "large_memory.hpp"
#include "row_of_codes.hpp"
#include "vector_partition.hpp"
#include "weighted_counts.hpp"

namespace vqi::detail {
namespace {

/// Colours of up to 24 bits.
class GatheredColours final : public GatheredVectors {
 public:
  explicit GatheredColours(const BlockGrid& grid)
      : code_(grid.vector_bytes()), layout_(layout_for(grid.vector_count())), grid_(grid) {}

  void add(const ImageView& band, const BlockGrid& grid, const Work& work) override {
    if (histograms_.empty()) histograms_.resize(std::clamp<std::size_t>(work.pool.threads(), 1, histograms_max));
    work.pool.for_each(histograms_.size(), [&](std::size_t t) {
      const std::uint64_t rows = grid.map_height();
      RowOfCodes row(band, grid);
      if (!histograms_[t]) histograms_[t].emplace(code_.code_count(), layout_);
      for (std::uint64_t y = rows * t / histograms_.size(); y < rows * (t + 1) / histograms_.size(); ++y)
        histograms_[t]->add(row.read(code_, static_cast<std::uint32_t>(y)));
    });
    pending_ += grid.vector_count();
    if (pending_ >= pending_max) empty_histograms(work);
  }

  [[nodiscard]] std::uint64_t size_bytes() const noexcept override {
    // Each histogram has a byte for each code and four for 255 vectors of one colour; later there are indices instead.
    const std::uint64_t overflows = std::min(pending_max, grid_.vector_count()) / 255 * sizeof(std::uint32_t);
    return (histograms_.size() + 2) * code_.code_count() + 2 * overflows +
           codes_.size() * (sizeof(std::uint32_t) * 2 + sizeof(std::uint64_t) + grid_.vector_bytes());
  }

  void finish(const Work& work) override {
    empty_histograms(work);
    histograms_.clear();
    counts_ = counts_of(sums_);
    sums_ = {};
    samples_ = SampleArray(codes_.size(), grid_.dimension(), grid_.bit_depth);
    code_.write_vectors(codes_, samples_.row(0));
  }

  [[nodiscard]] std::size_t size() const noexcept override { return codes_.size(); }
  [[nodiscard]] const SampleArray& samples() const noexcept override { return samples_; }
  [[nodiscard]] std::span<const std::uint32_t> counts() const noexcept override { return counts_; }
  [[nodiscard]] bool in_morton_order() const noexcept override { return code_.in_morton_order(); }

  void set_indices(std::span<const std::uint16_t> index_of) override {
    index_of_code_.assign(code_.code_count(), 0);
    for (std::size_t d = 0; d < index_of.size(); ++d) index_of_code_[codes_[d]] = index_of[d];
  }

  void map(const ImageView& band, const BlockGrid& grid, std::span<std::uint16_t> indices,
           const Work& work) const override {
    const std::size_t tasks = std::min<std::size_t>(grid.map_height(), work.pool.threads());
    work.pool.for_each(tasks, [&](std::size_t t) {
      RowOfCodes row(band, grid);
      const std::uint64_t rows = grid.map_height();
      for (std::uint64_t y = rows * t / tasks; y < rows * (t + 1) / tasks; ++y) {
        const std::span<const std::uint32_t> codes = row.read(code_, static_cast<std::uint32_t>(y));
        std::transform(codes.begin(), codes.end(), indices.begin() + static_cast<std::ptrdiff_t>(y * grid.map_width()),
                       [&](std::uint32_t code) { return index_of_code_[code]; });
      }
    });
  }

 private:
  /// Vectors after which histograms are emptied: bounds their lists of overflows, and each count stays below 2^32.
  static constexpr std::uint64_t pending_max = std::uint64_t{1} << 30;

  void empty_histograms(const Work& work) {
    std::optional<ColourHistogram> all;
    for (std::optional<ColourHistogram>& histogram : histograms_) {
      if (!histogram) continue;
      if (all) {
        all->add(*histogram, work.pool);
        histogram.reset();
      } else {
        all = std::exchange(histogram, std::nullopt);
      }
    }
    pending_ = 0;
    if (!all) return;
    LargeVector<std::uint32_t> codes;
    LargeVector<std::uint32_t> counts;
    all->list(codes, counts, work.pool);
    all.reset();
    add_sorted(codes, counts);
  }

  /// Merges codes that ascend with their counts.
  void add_sorted(std::span<const std::uint32_t> codes, std::span<const std::uint32_t> counts) {
    std::vector<std::uint32_t> merged_codes;
    std::vector<std::uint64_t> merged_sums;
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < codes_.size() || j < codes.size()) {
      const bool own = j == codes.size() || (i < codes_.size() && codes_[i] <= codes[j]);
      const bool other = i == codes_.size() || (j < codes.size() && codes[j] <= codes_[i]);
      merged_codes.push_back(own ? codes_[i] : codes[j]);
      merged_sums.push_back((own ? sums_[i] : 0) + (other ? counts[j] : 0));
      if (own) ++i;
      if (other) ++j;
    }
    codes_ = std::move(merged_codes);
    sums_ = std::move(merged_sums);
  }

  ColourCode code_;
  HistogramLayout layout_;
  BlockGrid grid_;
  std::vector<std::optional<ColourHistogram>> histograms_;
  std::uint64_t pending_ = 0;         // vectors in the histograms
  std::vector<std::uint32_t> codes_;  // ascending
  std::vector<std::uint64_t> sums_;   // of each code, without what is in the histograms
  std::vector<std::uint32_t> counts_;
  SampleArray samples_;
  std::vector<std::uint16_t> index_of_code_;
};

/// Vectors of any size.
class GatheredBlocks final : public GatheredVectors {
 public:
  explicit GatheredBlocks(const BlockGrid& grid) : grid_(grid), partitions_(partition_count) {}

  void add(const ImageView& band, const BlockGrid& grid, const Work& work) override {
    const std::size_t width = grid.map_width();
    const std::size_t bytes = grid.vector_bytes();
    std::vector<std::byte> vectors(grid.vector_count() * bytes);
    std::vector<std::uint64_t> hashes(grid.vector_count());
    work.pool.for_each(grid.map_height(), [&](std::size_t y) {
      std::byte* const row = vectors.data() + y * width * bytes;
      gather_vectors(band, grid, static_cast<std::uint32_t>(y), row);
      for (std::size_t x = 0; x < width; ++x)
        hashes[y * width + x] = hash_samples(row + x * bytes, bytes, grid.bit_depth);
    });
    std::vector<std::vector<std::uint32_t>> members(partition_count);
    for (std::size_t v = 0; v < hashes.size(); ++v)
      members[partition_of(hashes[v])].push_back(static_cast<std::uint32_t>(v));
    work.pool.for_each(partition_count, [&](std::size_t p) {
      for (const std::uint32_t v : members[p])
        partitions_[p].find_or_add(hashes[v], std::span(vectors).subspan(v * bytes, bytes));
    });
  }

  [[nodiscard]] std::uint64_t size_bytes() const noexcept override {
    std::uint64_t bytes = 0;
    for (const VectorPartition& partition : partitions_)  // and once more as one array, with an index for each
      bytes += partition.size_bytes() + partition.samples.size() + partition.counts.size() * 6;
    return bytes;
  }

  void finish(const Work&) override {
    for (std::size_t p = 0; p < partition_count; ++p)
      first_[p + 1] = first_[p] + static_cast<std::uint32_t>(partitions_[p].counts.size());
    samples_ = SampleArray(first_.back(), grid_.dimension(), grid_.bit_depth);
    counts_.reserve(first_.back());
    for (std::size_t p = 0; p < partition_count; ++p) {
      const VectorPartition& partition = partitions_[p];
      if (partition.counts.empty()) continue;
      std::memcpy(samples_.row(first_[p]), partition.samples.data(), partition.samples.size());
      counts_.insert(counts_.end(), partition.counts.begin(), partition.counts.end());
    }
  }

  [[nodiscard]] std::size_t size() const noexcept override { return counts_.size(); }
  [[nodiscard]] const SampleArray& samples() const noexcept override { return samples_; }
  [[nodiscard]] std::span<const std::uint32_t> counts() const noexcept override { return counts_; }
  [[nodiscard]] bool in_morton_order() const noexcept override { return false; }

  void set_indices(std::span<const std::uint16_t> index_of) override {
    index_of_.assign(index_of.begin(), index_of.end());
  }

  void map(const ImageView& band, const BlockGrid& grid, std::span<std::uint16_t> indices,
           const Work& work) const override {
    work.pool.for_each(grid.map_height(), [&](std::size_t y) {
      const std::size_t width = grid.map_width();
      const std::size_t bytes = grid.vector_bytes();
      std::vector<std::byte> row(width * bytes);
      gather_vectors(band, grid, static_cast<std::uint32_t>(y), row.data());
      for (std::size_t x = 0; x < width; ++x) {
        const std::span<const std::byte> vector = std::span(row).subspan(x * bytes, bytes);
        const std::uint64_t hash = hash_samples(vector.data(), bytes, grid.bit_depth);
        const std::size_t p = partition_of(hash);
        const std::uint32_t number = partitions_[p].find(hash, vector);
        indices[y * width + x] = number == VectorPartition::none ? std::uint16_t{0} : index_of_[first_[p] + number];
      }
    });
  }

 private:
  BlockGrid grid_;
  std::vector<VectorPartition> partitions_;
  std::array<std::uint32_t, partition_count + 1> first_{};  // distinct vector of each partition
  SampleArray samples_;
  std::vector<std::uint32_t> counts_;
  std::vector<std::uint16_t> index_of_;
};

}  // namespace

std::unique_ptr<GatheredVectors> make_gathered_vectors(const BlockGrid& grid) {
  if (grid.vector_bytes() <= dense_bytes_max) return std::make_unique<GatheredColours>(grid);
  return std::make_unique<GatheredBlocks>(grid);
}

}  // namespace vqi::detail
