// Chooses the fastest way to scatter the header's pixels, and averages codewords for lost rows.
#include "strip_painter.hpp"

#include <algorithm>

namespace vqi::detail {
namespace {

/// Vectors that are painted before the callback is polled again; some milliseconds for the largest blocks.
constexpr std::uint32_t part_vectors = 1U << 16;

static_assert(SampleArray::padding_bytes >= scatter_padding_bytes);

}  // namespace

StripPainter::StripPainter(const StreamHeader& header, const SampleArray& codebook, std::uint32_t filter_bands)
    : header_(header), codebook_(codebook) {
  if (filter_bands != 0)
    filter_.emplace(header.grid, codebook, header.restore, filter_bands);
  else if (header.grid.single_pixels() && header.grid.pixel_bytes() == 3 && header.k <= RgbExpansion::colours_max)
    expansion_.emplace(codebook.bytes());
}

void StripPainter::paint(std::uint32_t first_row, std::span<const std::uint16_t> indices, Image& image,
                         const Work& work) const {
  if (!filter_) return paint_codewords(first_row, indices, image, work);
  const std::uint32_t width = header_.grid.map_width();
  filter_->paint(whole_window(indices, width), image.row(first_row), image.row_bytes(), work);
}

void StripPainter::paint_part(std::span<const std::uint16_t> indices, std::uint32_t begin, std::uint32_t end,
                              Image& part, const Work& work) const {
  const std::uint32_t width = header_.grid.map_width();
  if (!filter_)
    return paint_codewords(0, indices.subspan(std::size_t{begin} * width, std::size_t{end - begin} * width), part,
                           work);
  RestoreWindow window = whole_window(indices, width);
  window.begin_row = begin;
  window.end_row = end;
  filter_->paint(window, part.row(0), part.row_bytes(), work);
}

void StripPainter::paint_codewords(std::uint32_t first_row, std::span<const std::uint16_t> indices, Image& image,
                                   const Work& work) const {
  const std::size_t map_width = header_.grid.map_width();
  const std::size_t rows_at_once = std::max<std::size_t>(1, part_vectors / map_width);
  while (!indices.empty()) {
    const std::span<const std::uint16_t> part = indices.first(std::min(indices.size(), rows_at_once * map_width));
    indices = indices.subspan(part.size());
    if (expansion_) expansion_->expand(part, image.row(first_row));
    for (std::size_t at = 0; !expansion_ && at < part.size(); at += map_width)
      scatter_codewords(header_.grid, codebook_.bytes().data(), part.subspan(at, map_width),
                        first_row + static_cast<std::uint32_t>(at / map_width), image.row(0), image.row_bytes());
    first_row += static_cast<std::uint32_t>(part.size() / map_width);
    work.progress.poll();
  }
}

void StripPainter::paint_mean(std::uint32_t begin, std::uint32_t end, Image& image, const Work& work) const {
  const std::vector<std::byte> mean = mean_codeword();
  const std::vector<std::uint16_t> zeros(header_.grid.map_width());
  for (std::uint32_t y = begin; y < end; ++y) {
    scatter_codewords(header_.grid, mean.data(), zeros, y, image.row(0), image.row_bytes());
    work.progress.poll();
  }
}

std::vector<std::byte> StripPainter::mean_codeword() const {
  const BlockGrid& grid = header_.grid;
  std::vector<std::byte> mean(grid.vector_bytes() + SampleArray::padding_bytes);
  for (std::uint32_t i = 0; i < grid.dimension(); ++i) {
    std::uint64_t sum = 0;
    for (std::size_t k = 0; k < header_.k; ++k) sum += codebook_.at(k, i);
    store_sample(mean.data(), i, grid.bit_depth,
                 static_cast<std::uint32_t>((2 * sum + header_.k) / (2 * std::uint64_t{header_.k})));
  }
  return mean;
}

}  // namespace vqi::detail
