// Sums the rows of each pass, as what the passes find has to fit together.
#include "row_passes.hpp"

#include <algorithm>
#include <string>

#include "crc32c.hpp"
#include "vqi/error.hpp"

namespace vqi::detail {
namespace {

std::uint32_t choose_band_rows(const BlockGrid& grid, std::uint64_t band_px) noexcept {
  const std::uint64_t block_rows =
      std::max<std::uint64_t>(1, band_px / (std::uint64_t{grid.width_px} * grid.block_height_px));
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(block_rows * grid.block_height_px, grid.height_px));
}

}  // namespace

RowPasses::RowPasses(const RowSource& source, const BlockGrid& grid, std::uint64_t band_px)
    : source_(source),
      grid_(grid),
      row_bytes_(grid.width_px * grid.pixel_bytes()),
      band_rows_px_(choose_band_rows(grid, band_px)) {}

void RowPasses::read_band(std::uint32_t first_row, std::uint32_t rows) {
  const std::span<std::byte> samples = std::as_writable_bytes(std::span(samples_));
  for (std::uint32_t done = 0; done < rows;) {
    const std::uint32_t given =
        source_.read(first_row + done, rows - done, samples.subspan(done * row_bytes_, (rows - done) * row_bytes_));
    if (given == 0 || given > rows - done)
      throw Error(ErrorCode::invalid_image, "the source gives " + std::to_string(given) + " rows from row " +
                                                std::to_string(first_row + done) +
                                                " on, of which at least one and at "
                                                "most " +
                                                std::to_string(rows - done) + " are wanted");
    done += given;
  }
}

void RowPasses::read(const Work& work,
                     const std::function<void(std::uint32_t, const ImageView&, const BlockGrid&)>& use) {
  samples_.resize((band_bytes() + 1) / 2);
  std::uint32_t crc = 0;
  for (std::uint32_t y = 0; y < grid_.height_px;) {
    const std::uint32_t rows = std::min(band_rows_px_, grid_.height_px - y);
    read_band(y, rows);
    const std::span<const std::byte> samples = std::as_bytes(std::span(samples_)).first(rows * row_bytes_);
    crc = crc32c(samples, crc);
    BlockGrid grid = grid_;
    grid.height_px = rows;
    use(y / grid.block_height_px, {samples.data(), grid.width_px, rows, grid.channels, grid.bit_depth, row_bytes_},
        grid);
    y += rows;
    work.progress.report(static_cast<double>(y) / grid_.height_px);
    work.progress.throw_if_cancelled();
  }
  if (crc_ && *crc_ != crc)
    throw Error(ErrorCode::invalid_image,
                "the source gives other rows in a later pass than in the first, give the same");
  crc_ = crc;
}

}  // namespace vqi::detail
