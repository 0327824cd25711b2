// decode, decode_indexed, decode_region: streams to images, maps and parts of images.
#include <algorithm>
#include <limits>
#include <optional>
#include <string>

#include "codebook_image.hpp"
#include "decode_memory.hpp"
#include "decode_on_pool.hpp"
#include "integer.hpp"
#include "restore_filter.hpp"
#include "strip_decoder.hpp"
#include "strip_painter.hpp"
#include "vqi/codec.hpp"

namespace vqi {
using namespace detail;

namespace {

Image decode_whole(const StreamReader& reader, std::uint32_t at_once, bool restore, const Work& work) {
  const StreamHeader& header = reader.header();
  const BlockGrid& grid = header.grid;
  const Codewords codewords = read_codewords(header, reader.codebook_section(), work);
  const StripPainter painter(header, codewords.codebook, restore);
  Image image(grid.width_px, grid.height_px, grid.channels, grid.bit_depth);
  decode_strips(reader, codewords.model.get(), {0, header.strip_count(), grid.map_height(), {}, at_once}, work,
                [&](std::uint32_t first_row, std::span<const std::uint16_t> indices) {
                  painter.paint(first_row, indices, image, work);
                });
  reader.check_index_section();
  image.metadata() = reader.metadata();
  return image;
}

/// A rectangle of pixels, the blocks that it touches, and one row of these at a time on the way from one to the other.
class RegionPainter {
 public:
  RegionPainter(const StreamHeader& header, const RowRange& rows_px, std::uint32_t x_px, std::uint32_t width_px)
      : header_(header),
        rows_px_(rows_px),
        first_column_(x_px / header.grid.block_width_px),
        columns_((x_px + (width_px - 1)) / header.grid.block_width_px - first_column_ + 1),
        skipped_px_(x_px % header.grid.block_width_px),
        row_grid_{skipped_px_ + width_px, header.grid.block_height_px, header.grid.channels,
                  header.grid.bit_depth,  header.grid.block_width_px,  header.grid.block_height_px} {}

  /// The rows of the map that the region touches.
  [[nodiscard]] std::uint32_t begin_row() const noexcept { return rows_px_.begin / header_.grid.block_height_px; }
  [[nodiscard]] std::uint32_t end_row() const noexcept { return (rows_px_.end - 1) / header_.grid.block_height_px + 1; }
  /// Memory that each call of `paint` takes.
  [[nodiscard]] std::uint64_t scratch_bytes() const noexcept {
    return std::uint64_t{row_bytes()} * row_grid_.block_height_px;
  }

  /// The rows of the map that are decoded: with the filter some below the region, if they are of its last strip.
  [[nodiscard]] std::uint32_t end_row_decoded(bool restore) const noexcept {
    const std::uint64_t below = restore ? restore_margin : 0;
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(end_row() + below, header_.grid.map_height()));
  }

  /// Writes what the region has of a strip, whose indices down to the row end_row_decoded() these are, through the
  /// decode filter; `first_row` is the strip's.
  void restore(std::uint32_t first_row, std::span<const std::uint16_t> indices, const RestoreFilter& filter,
               Image& region, const Work& work) const {
    RestoreWindow window = whole_window(indices, header_.grid.map_width());
    window.end_row = std::min(window.rows, rows_px_.end - first_row);
    window.begin_row = std::max(first_row, rows_px_.begin) - first_row;
    window.begin_x = first_column_;
    window.end_x = first_column_ + columns_;
    filter.paint(window, region.row(first_row + window.begin_row - rows_px_.begin), region.row_bytes(), work);
  }

  /// Writes what the region has of whole rows of indices, which begin at row `first_row` of the map.
  void paint(std::uint32_t first_row, std::span<const std::uint16_t> indices, const SampleArray& codebook,
             Image& region, const Work& work) const {
    const std::size_t map_width = header_.grid.map_width();
    const auto rows = static_cast<std::uint32_t>(indices.size() / map_width);
    std::vector<std::byte> pixels(scratch_bytes());
    for (std::uint32_t map_y = std::max(first_row, begin_row()); map_y < first_row + rows; ++map_y) {
      const std::size_t at = (map_y - first_row) * map_width + first_column_;
      scatter_codewords(row_grid_, codebook.bytes().data(), indices.subspan(at, columns_), 0, pixels.data(),
                        row_bytes());
      copy_rows(map_y, pixels.data(), region);
      work.progress.poll();
    }
  }

 private:
  [[nodiscard]] std::size_t row_bytes() const noexcept { return row_grid_.width_px * row_grid_.pixel_bytes(); }

  void copy_rows(std::uint32_t map_y, const std::byte* pixels, Image& region) const noexcept {
    for (std::uint32_t i = 0; i < row_grid_.block_height_px; ++i) {
      const std::uint64_t y = std::uint64_t{map_y} * row_grid_.block_height_px + i;
      if (y < rows_px_.begin || y >= rows_px_.end) continue;
      const std::byte* const source = pixels + i * row_bytes() + skipped_px_ * row_grid_.pixel_bytes();
      std::copy_n(source, region.row_bytes(), region.row(static_cast<std::uint32_t>(y - rows_px_.begin)));
    }
  }

  const StreamHeader& header_;
  RowRange rows_px_;
  std::uint32_t first_column_;  // of blocks
  std::uint32_t columns_;
  std::uint32_t skipped_px_;  // left of the region in its first blocks
  BlockGrid row_grid_;
};

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

// Header, limits and sections are checked before threads are started.

Image decode(std::span<const std::byte> bytes, const DecodeLimits& limits, const RunOptions& run) {
  const StreamReader reader(bytes, limits);
  const StreamHeader& header = reader.header();
  const std::uint32_t at_once = DecodeMemory(header, whole_call(header, reader.metadata_bytes())).strips_at_once(run);
  const CallWork work(run);
  work.progress.begin(Stage::decode);
  return decode_whole(reader, at_once, limits.restore, work);
}

Image detail::decode_written(std::span<const std::byte> bytes, const Work& work) {
  DecodeLimits unlimited;
  unlimited.max_pixels = std::numeric_limits<std::uint64_t>::max();
  unlimited.max_side_px = std::numeric_limits<std::uint32_t>::max();
  return decode_whole(StreamReader(bytes, unlimited), threads_max, unlimited.restore, work);
}

IndexedImage decode_indexed(std::span<const std::byte> bytes, const DecodeLimits& limits, const RunOptions& run) {
  const StreamReader reader(bytes, limits);
  const StreamHeader& header = reader.header();
  const BlockGrid& grid = header.grid;
  DecodeCall call = whole_call(header, reader.metadata_bytes());
  // The result has a codebook of its own, in the order of an image.
  call.result_bytes = checked_sum(checked_product(grid.vector_count(), sizeof(std::uint16_t)), header.codebook_bytes());
  call.buffer_vectors = 0;
  const std::uint32_t at_once = DecodeMemory(header, call).strips_at_once(run);
  const CallWork work(run);
  work.progress.begin(Stage::decode);
  const Codewords codewords = read_codewords(header, reader.codebook_section(), work);
  IndexedImage indexed;
  indexed.width_px = grid.width_px;
  indexed.height_px = grid.height_px;
  indexed.map_width = grid.map_width();
  indexed.map_height = grid.map_height();
  indexed.indices.resize(grid.vector_count());
  decode_strips(reader, codewords.model.get(), {0, header.strip_count(), grid.map_height(), indexed.indices, at_once},
                work, [](auto, auto) {});
  reader.check_index_section();
  indexed.codebook = codebook_image(grid, codewords.codebook);
  indexed.metadata = reader.metadata();
  return indexed;
}

Image decode_region(std::span<const std::byte> bytes, std::uint32_t x_px, std::uint32_t y_px, std::uint32_t width_px,
                    std::uint32_t height_px, const DecodeLimits& limits, const RunOptions& run) {
  const StreamReader reader(bytes, limits);
  const StreamHeader& header = reader.header();
  const BlockGrid& grid = header.grid;
  check_region(grid, x_px, y_px, width_px, height_px);
  const RegionPainter painter(header, {y_px, y_px + height_px}, x_px, width_px);
  const std::uint64_t last_strip_of_all = header.strip_count() - 1;
  StripRange range;
  range.begin = std::min<std::uint64_t>(painter.begin_row() / header.strip_rows, last_strip_of_all);
  range.end = std::min<std::uint64_t>((painter.end_row() - 1) / header.strip_rows, last_strip_of_all) + 1;
  const bool restore = limits.restore && header.restore.is_on();
  range.end_row = painter.end_row_decoded(restore);
  DecodeCall call = whole_call(header, reader.metadata_bytes());
  call.result_bytes = image_bytes(grid, width_px, height_px);
  call.buffer_vectors = strip_vectors_max(header, range.begin, range.end, range.end_row);
  call.scratch_bytes = painter.scratch_bytes();
  range.at_once = DecodeMemory(header, call).strips_at_once(run);
  const CallWork work(run);
  work.progress.begin(Stage::decode);
  const Codewords codewords = read_codewords(header, reader.codebook_section(), work);
  std::optional<RestoreFilter> filter;
  if (restore) filter.emplace(grid, codewords.codebook, header.restore);
  Image region(width_px, height_px, grid.channels, grid.bit_depth);
  decode_strips(reader, codewords.model.get(), range, work,
                [&](std::uint32_t first_row, std::span<const std::uint16_t> indices) {
                  if (filter)
                    painter.restore(first_row, indices, *filter, region, work);
                  else
                    painter.paint(first_row, indices, codewords.codebook, region, work);
                });
  reader.check_index_section();
  region.metadata() = reader.metadata();
  return region;
}

}  // namespace vqi
