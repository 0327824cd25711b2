// Distinct vectors of any size by hashing, in partitions that are made in parallel.
//
// The top bits of its hash choose the partition of a vector. Each partition looks its vectors up, in raster order, in a
// hash table with open addressing. The resulting order, by partition and then by first appearance, depends on the image
// alone.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <vector>

#include "block_grid.hpp"
#include "distinct_vectors.hpp"
#include "parallel.hpp"
#include "sample_array.hpp"
#include "vector_partition.hpp"
#include "work.hpp"
#include "work_pulse.hpp"

namespace vqi::detail {
namespace {

/// Steps of WorkPulse that finding a vector takes beside its bytes.
constexpr std::uint64_t find_steps = 64;

class HashedVectors final : public DistinctVectors {
 public:
  HashedVectors(const ImageView& image, const BlockGrid& grid, const Work& work)
      : grid_(grid), distinct_of_(grid.vector_count()) {
    std::vector<std::uint64_t> hashes(grid.vector_count());
    work.pool.for_each(grid.map_height(), work.progress, [&](std::size_t y) {
      std::vector<std::byte> row(grid_.map_width() * grid_.vector_bytes());
      gather_vectors(image, grid_, static_cast<std::uint32_t>(y), row.data());
      for (std::size_t x = 0; x < grid_.map_width(); ++x)
        hashes[y * grid_.map_width() + x] =
            hash_samples(row.data() + x * grid_.vector_bytes(), grid_.vector_bytes(), grid_.bit_depth);
    });
    const std::vector<std::vector<std::uint32_t>> members = deal(hashes, WorkPulse(work.pool));
    std::vector<VectorPartition> partitions(partition_count);
    work.pool.for_each(partition_count, work.progress, [&](std::size_t p) {
      std::vector<std::byte> vector(grid_.vector_bytes());
      WorkPulse pulse(work.pool);
      for (const std::uint32_t v : members[p]) {
        pulse.add(find_steps + 2 * vector.size());
        gather_vector(image, grid_, v % grid_.map_width(), v / grid_.map_width(), vector.data());
        distinct_of_[v] = partitions[p].find_or_add(hashes[v], vector);
      }
      partitions[p].slots = {};
      partitions[p].hashes = {};
    });
    join(partitions, members, work.pool);
  }

  [[nodiscard]] std::size_t size() const noexcept override { return counts_.size(); }
  [[nodiscard]] const SampleArray& samples() const noexcept override { return samples_; }
  [[nodiscard]] std::span<const std::uint32_t> counts() const noexcept override { return counts_; }
  [[nodiscard]] bool in_morton_order() const noexcept override { return false; }

  void map(std::span<const std::uint16_t> index_of, std::span<std::uint16_t> indices, const Work& work) const override {
    work.pool.for_each(grid_.map_height(), work.progress, [&](std::size_t y) {
      const std::size_t begin = y * grid_.map_width();
      for (std::size_t v = begin; v < begin + grid_.map_width(); ++v) indices[v] = index_of[distinct_of_[v]];
    });
  }

 private:
  /// The image's vectors in each partition, in raster order.
  static std::vector<std::vector<std::uint32_t>> deal(std::span<const std::uint64_t> hashes, WorkPulse pulse) {
    std::vector<std::size_t> sizes(partition_count);
    for (const std::uint64_t hash : hashes) ++sizes[partition_of(hash)];
    std::vector<std::vector<std::uint32_t>> members(partition_count);
    for (std::size_t p = 0; p < partition_count; ++p) members[p].reserve(sizes[p]);
    constexpr std::uint64_t deal_steps = 8;
    pulse.in_portions(0, hashes.size(), deal_steps, [&](std::size_t first, std::size_t last) {
      for (std::size_t v = first; v < last; ++v)
        members[partition_of(hashes[v])].push_back(static_cast<std::uint32_t>(v));
    });
    return members;
  }

  /// Concatenates the partitions and renumbers the distinct vectors.
  void join(std::vector<VectorPartition>& partitions, const std::vector<std::vector<std::uint32_t>>& members,
            const ThreadPool& pool) {
    std::vector<std::uint32_t> first(partition_count + 1);
    for (std::size_t p = 0; p < partition_count; ++p)
      first[p + 1] = first[p] + static_cast<std::uint32_t>(partitions[p].counts.size());
    samples_ = SampleArray(first.back(), grid_.dimension(), grid_.bit_depth);
    counts_.resize(first.back());
    pool.for_each(partition_count, [&](std::size_t p) {
      if (partitions[p].counts.empty()) return;
      std::memcpy(samples_.row(first[p]), partitions[p].samples.data(), partitions[p].samples.size());
      std::copy(partitions[p].counts.begin(), partitions[p].counts.end(), counts_.begin() + first[p]);
      for (const std::uint32_t v : members[p]) distinct_of_[v] += first[p];
      partitions[p] = {};
    });
  }

  BlockGrid grid_;
  SampleArray samples_;
  std::vector<std::uint32_t> counts_;
  std::vector<std::uint32_t> distinct_of_;  // of each vector of the image: its distinct vector
};

}  // namespace

std::unique_ptr<DistinctVectors> find_hashed_vectors(const ImageView& image, const BlockGrid& grid, const Work& work) {
  return std::make_unique<HashedVectors>(image, grid, work);
}

}  // namespace vqi::detail
