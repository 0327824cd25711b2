// Blocks that the rectangle touches are scattered whole, and cut when their pixels are copied.
#include "region_painter.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace vqi::detail {
namespace {

void check_region(const BlockGrid& grid, std::uint32_t x_px, std::uint32_t y_px, std::uint32_t width_px,
                  std::uint32_t height_px) {
  if (width_px == 0 || height_px == 0 || std::uint64_t{x_px} + width_px > grid.width_px ||
      std::uint64_t{y_px} + height_px > grid.height_px)
    throw Error(ErrorCode::invalid_option, "region " + std::to_string(width_px) + "x" + std::to_string(height_px) +
                                               "+" + std::to_string(x_px) + "+" + std::to_string(y_px) +
                                               " is empty or not inside the image of " + std::to_string(grid.width_px) +
                                               "x" + std::to_string(grid.height_px));
}

}  // namespace

RegionPainter::RegionPainter(const StreamHeader& header, std::uint32_t x_px, std::uint32_t y_px, std::uint32_t width_px,
                             std::uint32_t height_px)
    : header_(header),
      rows_px_{y_px, y_px + height_px},
      first_column_(x_px / header.grid.block_width_px),
      columns_((x_px + (width_px - 1)) / header.grid.block_width_px - first_column_ + 1),
      skipped_px_(x_px % header.grid.block_width_px),
      row_grid_{skipped_px_ + width_px, header.grid.block_height_px, header.grid.channels,
                header.grid.bit_depth,  header.grid.block_width_px,  header.grid.block_height_px} {
  check_region(header.grid, x_px, y_px, width_px, height_px);
}

void RegionPainter::paint(std::uint32_t first_row, std::span<const std::uint16_t> indices, const SampleArray& codebook,
                          Image& region, const Work& work) const {
  const std::size_t map_width = header_.grid.map_width();
  const auto rows = static_cast<std::uint32_t>(indices.size() / map_width);
  std::vector<std::byte> pixels(scratch_bytes());
  for (std::uint32_t map_y = std::max(first_row, begin_row()); map_y < first_row + rows; ++map_y) {
    const std::size_t at = (map_y - first_row) * map_width + first_column_;
    scatter_codewords(row_grid_, codebook.bytes().data(), indices.subspan(at, columns_), 0, pixels.data(), row_bytes());
    copy_rows(map_y, pixels.data(), region);
    work.progress.poll();
  }
}

void RegionPainter::restore(std::uint32_t first_row, std::span<const std::uint16_t> indices,
                            const RestoreFilter& filter, Image& region, const Work& work) const {
  RestoreWindow window = whole_window(indices, header_.grid.map_width());
  window.end_row = std::min(window.rows, rows_px_.end - first_row);
  window.begin_row = std::max(first_row, rows_px_.begin) - first_row;
  window.begin_x = first_column_;
  window.end_x = first_column_ + columns_;
  filter.paint(window, region.row(first_row + window.begin_row - rows_px_.begin), region.row_bytes(), work);
}

void RegionPainter::copy_rows(std::uint32_t map_y, const std::byte* pixels, Image& region) const noexcept {
  for (std::uint32_t i = 0; i < row_grid_.block_height_px; ++i) {
    const std::uint64_t y = std::uint64_t{map_y} * row_grid_.block_height_px + i;
    if (y < rows_px_.begin || y >= rows_px_.end) continue;
    const std::byte* const source = pixels + i * row_bytes() + skipped_px_ * row_grid_.pixel_bytes();
    std::copy_n(source, region.row_bytes(), region.row(static_cast<std::uint32_t>(y - rows_px_.begin)));
  }
}

}  // namespace vqi::detail
