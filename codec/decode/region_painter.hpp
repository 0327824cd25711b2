// RegionPainter: turns the indices of strips into the pixels of a rectangle.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include "restore_filter.hpp"
#include "sample_array.hpp"
#include "stream_header.hpp"
#include "vqi/codec.hpp"
#include "work.hpp"

namespace vqi::detail {

/// A rectangle of pixels, the blocks that it touches, and one row of these at a time on the way from one to the other.
/// Borrows the header.
class RegionPainter {
 public:
  /// Throws Error{invalid_option} if the rectangle is empty or not inside the image.
  RegionPainter(const StreamHeader& header, std::uint32_t x_px, std::uint32_t y_px, std::uint32_t width_px,
                std::uint32_t height_px);

  /// The rows of the map that the region touches.
  [[nodiscard]] std::uint32_t begin_row() const noexcept { return rows_px_.begin / header_.grid.block_height_px; }
  [[nodiscard]] std::uint32_t end_row() const noexcept { return (rows_px_.end - 1) / header_.grid.block_height_px + 1; }
  /// The rows of the map that are decoded: with the decode filter some below the region, if they are of its last strip.
  [[nodiscard]] std::uint32_t end_row_decoded(bool restore) const noexcept {
    const std::uint64_t below = restore ? restore_margin : 0;
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(end_row() + below, header_.grid.map_height()));
  }
  /// Memory that each call of `paint` takes.
  [[nodiscard]] std::uint64_t scratch_bytes() const noexcept {
    return std::uint64_t{row_bytes()} * row_grid_.block_height_px;
  }

  /// Writes what the region has of whole rows of indices, which begin at row `first_row` of the map.
  void paint(std::uint32_t first_row, std::span<const std::uint16_t> indices, const SampleArray& codebook,
             Image& region, const Work& work) const;

  /// Writes what the region has of a strip through the decode filter. `indices` are those of the strip down to the row
  /// end_row_decoded(); `first_row` is its first row in the map.
  void restore(std::uint32_t first_row, std::span<const std::uint16_t> indices, const RestoreFilter& filter,
               Image& region, const Work& work) const;

 private:
  [[nodiscard]] std::size_t row_bytes() const noexcept { return row_grid_.width_px * row_grid_.pixel_bytes(); }
  void copy_rows(std::uint32_t map_y, const std::byte* pixels, Image& region) const noexcept;

  const StreamHeader& header_;
  RowRange rows_px_;
  std::uint32_t first_column_;  // of blocks
  std::uint32_t columns_;
  std::uint32_t skipped_px_;  // left of the region in its first blocks
  BlockGrid row_grid_;
};

}  // namespace vqi::detail
