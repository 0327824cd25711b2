// Distinct vectors by a table of counts with an entry for every possible vector of up to 24 bits.
#include <algorithm>
#include <optional>
#include <utility>

#include "assert.hpp"
#include "distinct_vectors.hpp"
#include "integer.hpp"
#include "key_counts.hpp"
#include "key_format.hpp"
#include "lazy.hpp"

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
      : image_(image), grid_(grid), pool_(work.pool), format_(grid.vector_bytes()) {
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
    size_ = table_->size(work.pool);
  }

  [[nodiscard]] std::size_t size() const noexcept override { return size_; }
  [[nodiscard]] const SampleArray& samples() const override { return list().samples; }
  [[nodiscard]] std::span<const std::uint32_t> counts() const override { return list().counts; }
  [[nodiscard]] bool in_morton_order() const noexcept override { return format_.in_morton_order(); }
  [[nodiscard]] const ColourCubes* colour_cubes() const override {
    if (grid_.vector_bytes() != 3) return nullptr;
    return cubes_.get([&] { return std::make_unique<const ColourCubes>(*table_, pool_); }).get();
  }

  void map(std::span<const std::uint16_t> index_of, std::span<std::uint16_t> indices, const Work& work) const override {
    map(KeyIndices(*table_, list().keys, index_of, work.pool), indices, work);
  }

  void map(const KeyIndices& index_of, std::span<std::uint16_t> indices, const Work& work) const override {
    const std::size_t tasks = std::min<std::size_t>(grid_.map_height(), std::size_t{work.pool.threads()} * 8);
    work.pool.for_each(tasks, work.progress, [&](std::size_t t) {
      RowOfKeys row(image_, grid_);
      const std::uint64_t rows = grid_.map_height();
      for (std::uint64_t y = rows * t / tasks; y < rows * (t + 1) / tasks; ++y)
        index_of.look_up(row.read(format_, static_cast<std::uint32_t>(y)), indices.data() + y * grid_.map_width());
    });
  }

 private:
  struct List {
    LargeVector<std::uint32_t> keys;
    LargeVector<std::uint32_t> counts;
    SampleArray samples;
  };

  [[nodiscard]] const List& list() const {
    return list_.get([&] {
      List list;
      table_->list(list.keys, list.counts, pool_);
      list.samples = SampleArray(list.keys.size(), grid_.dimension(), grid_.bit_depth);
      format_.write_vectors(list.keys, list.samples.row(0));
      return list;
    });
  }

  const ImageView& image_;
  BlockGrid grid_;
  const ThreadPool& pool_;
  KeyFormat format_;
  std::optional<KeyCounts> table_;  ///< always there once this is made
  std::size_t size_ = 0;
  Lazy<List> list_;
  Lazy<std::unique_ptr<const ColourCubes>> cubes_;
};

}  // namespace

void DistinctVectors::map(const KeyIndices& /*index_of*/, std::span<std::uint16_t> /*indices*/,
                          const Work& /*work*/) const {
  VQI_ASSERT(false);
}

std::unique_ptr<DistinctVectors> find_dense_vectors(const ImageView& image, const BlockGrid& grid, const Work& work) {
  return std::make_unique<DenseVectors>(image, grid, work);
}

std::unique_ptr<DistinctVectors> find_distinct_vectors(const ImageView& image, const BlockGrid& grid,
                                                       const Work& work) {
  return grid.vector_bytes() <= dense_bytes_max ? find_dense_vectors(image, grid, work)
                                                : find_hashed_vectors(image, grid, work);
}

}  // namespace vqi::detail
