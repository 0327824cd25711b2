// RowPasses: an image that is read row by row, several times, in bands of whole blocks.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "block_grid.hpp"
#include "vqi/streaming.hpp"
#include "work.hpp"

namespace vqi::detail {

/// Borrows the source.
class RowPasses {
 public:
  /// In bands of about `band_px` pixels, of one row of blocks at least. The grid is that of the image.
  RowPasses(const RowSource& source, const BlockGrid& grid, std::uint64_t band_px);

  /// Reads all rows and calls use(first row of the map, band, grid of the band) for each band. Reports its progress.
  /// Throws Error{invalid_image} if the source gives no rows or too many, or other rows than in the first pass.
  void read(const Work& work,
            const std::function<void(std::uint32_t map_row, const ImageView& band, const BlockGrid& grid)>& use);

  [[nodiscard]] std::uint64_t band_bytes() const noexcept { return std::uint64_t{band_rows_px_} * row_bytes_; }

 private:
  void read_band(std::uint32_t first_row, std::uint32_t rows);

  const RowSource& source_;
  BlockGrid grid_;
  std::size_t row_bytes_;
  std::uint32_t band_rows_px_;
  std::vector<std::uint16_t> samples_;  // aligned for both depths
  std::optional<std::uint32_t> crc_;    // of all rows, after the first pass
};

}  // namespace vqi::detail
