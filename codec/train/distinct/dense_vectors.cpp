// Distinct vectors by a histogram with a bin for every possible vector of up to 24 bits.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "block_grid.hpp"
#include "colour_code.hpp"
#include "colour_histogram.hpp"
#include "distinct_vectors.hpp"
#include "large_memory.hpp"
#include "row_of_codes.hpp"
#include "sample_array.hpp"
#include "work.hpp"

namespace vqi::detail {
namespace {

constexpr std::size_t map_tasks_per_thread = 8;

class DenseVectors final : public DistinctVectors {
 public:
  DenseVectors(const ImageView& image, const BlockGrid& grid, const Work& work)
      : image_(image), grid_(grid), code_(grid.vector_bytes()) {
    const std::size_t histogram_count =
        std::clamp<std::size_t>(work.pool.threads(), 1, std::min<std::size_t>(histograms_max, grid.map_height()));
    // Each thread makes the histogram that it fills, as clearing it takes time, too.
    std::vector<std::optional<ColourHistogram>> histograms(histogram_count);
    work.pool.for_each(histogram_count, work.progress, [&](std::size_t t) {
      const std::uint64_t rows = grid_.map_height();
      RowOfCodes row(image_, grid_);
      ColourHistogram& histogram = histograms[t].emplace(code_.code_count(), layout_for(grid_.vector_count()));
      for (std::uint64_t y = rows * t / histogram_count;
           y < rows * (t + 1) / histogram_count && work.progress.keep_going(); ++y)
        histogram.add(row.read(code_, static_cast<std::uint32_t>(y)));
    });
    for (std::size_t t = 1; t < histogram_count; ++t) histograms[0]->add(*histograms[t], work.pool);
    histogram_ = std::move(histograms[0]);
    histogram_->list(codes_, counts_, work.pool);
    samples_ = SampleArray(codes_.size(), grid_.dimension(), grid_.bit_depth);
    code_.write_vectors(codes_, samples_.row(0));
  }

  [[nodiscard]] std::size_t size() const noexcept override { return codes_.size(); }
  [[nodiscard]] const SampleArray& samples() const noexcept override { return samples_; }
  [[nodiscard]] std::span<const std::uint32_t> counts() const noexcept override { return counts_; }
  [[nodiscard]] bool in_morton_order() const noexcept override { return code_.in_morton_order(); }

  void map(std::span<const std::uint16_t> index_of, std::span<std::uint16_t> indices, const Work& work) const override {
    const ColourIndices index_of_code(*histogram_, codes_, index_of, work.pool);
    const std::size_t tasks =
        std::min<std::size_t>(grid_.map_height(), std::size_t{work.pool.threads()} * map_tasks_per_thread);
    work.pool.for_each(tasks, work.progress, [&](std::size_t t) {
      RowOfCodes row(image_, grid_);
      const std::uint64_t rows = grid_.map_height();
      for (std::uint64_t y = rows * t / tasks; y < rows * (t + 1) / tasks; ++y)
        index_of_code.look_up(row.read(code_, static_cast<std::uint32_t>(y)), indices.data() + y * grid_.map_width());
    });
  }

 private:
  ImageView image_;
  BlockGrid grid_;
  ColourCode code_;
  std::optional<ColourHistogram> histogram_;  // has a value after construction
  LargeVector<std::uint32_t> codes_;
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
