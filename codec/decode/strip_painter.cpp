// Chooses the fastest way to scatter the header's pixels, and averages codewords for lost strips.
#include "strip_painter.hpp"

#include <algorithm>

namespace vqi::detail {

StripPainter::StripPainter(const StreamHeader& header, const SampleArray& codebook)
    : header_(header), codewords_(codebook.bytes().size() + scatter_padding_bytes) {
  std::copy(codebook.bytes().begin(), codebook.bytes().end(), codewords_.begin());
  if (header.grid.single_pixels() && header.grid.pixel_bytes() == 3 && header.k <= RgbExpansion::colours_max)
    expansion_.emplace(codebook.bytes());
}

void StripPainter::paint(std::uint64_t strip, std::span<const std::uint16_t> indices, Image& image) const noexcept {
  const std::uint32_t map_width = header_.grid.map_width();
  const std::uint32_t begin = header_.strip_begin(strip);
  if (expansion_) return expansion_->expand(indices, image.row(begin));
  for (std::uint32_t y = 0; y < header_.strip_row_count(strip); ++y)
    scatter_codewords(header_.grid, codewords_.data(), indices.subspan(std::size_t{y} * map_width, map_width),
                      begin + y, image.row(0), image.row_bytes());
}

void StripPainter::paint_mean(std::span<const std::uint64_t> strips, Image& image) const {
  if (strips.empty()) return;
  const std::vector<std::byte> mean = mean_codeword();
  const std::vector<std::uint16_t> zeros(header_.grid.map_width());
  for (const std::uint64_t strip : strips)
    for (std::uint32_t y = 0; y < header_.strip_row_count(strip); ++y)
      scatter_codewords(header_.grid, mean.data(), zeros, header_.strip_begin(strip) + y, image.row(0),
                        image.row_bytes());
}

std::vector<std::byte> StripPainter::mean_codeword() const {
  const BlockGrid& grid = header_.grid;
  std::vector<std::byte> mean(grid.vector_bytes() + scatter_padding_bytes);
  for (std::uint32_t i = 0; i < grid.dimension(); ++i) {
    std::uint64_t sum = 0;
    for (std::size_t k = 0; k < header_.k; ++k)
      sum += load_sample(codewords_.data(), k * grid.dimension() + i, grid.bit_depth);
    store_sample(mean.data(), i, grid.bit_depth,
                 static_cast<std::uint32_t>((2 * sum + header_.k) / (2 * std::uint64_t{header_.k})));
  }
  return mean;
}

}  // namespace vqi::detail
