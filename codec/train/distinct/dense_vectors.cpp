// Distinct vectors by a table of counts with an entry for every possible vector of up to 24 bits.
#include <algorithm>
#include <optional>
#include <utility>

#include "colour_code.hpp"
#include "colour_histogram.hpp"
#include "distinct_vectors.hpp"
#include "integer.hpp"

namespace vqi::detail {
namespace {

constexpr std::size_t dense_bytes_max = 3;
constexpr std::size_t tables_max = 4;  // more threads would spend more on merging than they win

/// The keys of one row of the map after the other.
class RowOfKeys {
 public:
  RowOfKeys(const ImageView& image, const BlockGrid& grid) : image_(image), grid_(grid), keys_(grid.map_width()) {
    if (!grid.single_pixels()) vectors_.resize(grid.map_width() * grid.vector_bytes());
  }
  [[nodiscard]] std::span<const std::uint32_t> read(const KeyFormat& format, std::uint32_t map_y) {
    const std::byte* vectors = image_.row(map_y);
    if (!grid_.single_pixels()) {
      gather_vectors(image_, grid_, map_y, vectors_.data());
      vectors = vectors_.data();
    }
    format.read_keys(vectors, keys_);
    return keys_;
  }

 private:
  const ImageView& image_;
  const BlockGrid& grid_;
  std::vector<std::uint32_t> keys_;
  std::vector<std::byte> vectors_;
};

class DenseVectors final : public DistinctVectors {
 public:
  DenseVectors(const ImageView& image, const BlockGrid& grid, const Work& work)
      : image_(image), grid_(grid), format_(grid.vector_bytes()) {
    const std::size_t table_count =
        std::clamp<std::size_t>(work.pool.threads(), 1, std::min<std::size_t>(tables_max, grid.map_height()));
    // Made by the threads that fill them, as clearing one takes its time too.
    std::vector<std::optional<KeyCounts>> tables(table_count);
    work.pool.for_each(table_count, work.progress, [&](std::size_t t) {
      const std::uint64_t rows = grid_.map_height();
      RowOfKeys row(image_, grid_);
      KeyCounts& table = tables[t].emplace(format_.key_count(), layout_for(grid_.vector_count()));
      for (std::uint64_t y = rows * t / table_count; y < rows * (t + 1) / table_count && work.progress.keep_going();
           ++y)
        table.add(row.read(format_, static_cast<std::uint32_t>(y)));
    });
    for (std::size_t t = 1; t < table_count; ++t) tables[0]->add(*tables[t], work.pool);
    table_ = std::move(tables[0]);
    table_->list(keys_, counts_, work.pool);
    samples_ = SampleArray(keys_.size(), grid_.dimension(), grid_.bit_depth);
    format_.write_vectors(keys_, samples_.row(0));
  }

  [[nodiscard]] std::size_t size() const noexcept override { return keys_.size(); }
  [[nodiscard]] const SampleArray& samples() const noexcept override { return samples_; }
  [[nodiscard]] std::span<const std::uint32_t> counts() const noexcept override { return counts_; }
  [[nodiscard]] bool in_morton_order() const noexcept override { return format_.in_morton_order(); }

  void map(std::span<const std::uint16_t> index_of, std::span<std::uint16_t> indices, const Work& work) const override {
    const KeyIndices index_of_key(*table_, keys_, index_of, work.pool);
    const std::size_t tasks = std::min<std::size_t>(grid_.map_height(), std::size_t{work.pool.threads()} * 8);
    work.pool.for_each(tasks, work.progress, [&](std::size_t t) {
      RowOfKeys row(image_, grid_);
      const std::uint64_t rows = grid_.map_height();
      for (std::uint64_t y = rows * t / tasks; y < rows * (t + 1) / tasks; ++y)
        index_of_key.look_up(row.read(format_, static_cast<std::uint32_t>(y)), indices.data() + y * grid_.map_width());
    });
  }

 private:
  const ImageView& image_;
  BlockGrid grid_;
  KeyFormat format_;
  std::optional<KeyCounts> table_;  ///< always there once this is made
  LargeVector<std::uint32_t> keys_;
  LargeVector<std::uint32_t> counts_;
  SampleArray samples_;
};

}  // namespace

std::unique_ptr<DistinctVectors> find_dense_vectors(const ImageView& image, const BlockGrid& grid, const Work& work) {
  return std::make_unique<DenseVectors>(image, grid, work);
}

std::unique_ptr<DistinctVectors> find_distinct_vectors(const ImageView& image, const BlockGrid& grid,
                                                       const Work& work) {
  return grid.vector_bytes() <= dense_bytes_max ? find_dense_vectors(image, grid, work)
                                                : find_hashed_vectors(image, grid, work);
}

}  // namespace vqi::detail
