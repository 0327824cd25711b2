// decode, decode_indexed, decode_region: streams to images, maps and parts of images.
#include <algorithm>
#include <limits>
#include <string>

#include "decode_memory.hpp"
#include "decode_on_pool.hpp"
#include "integer.hpp"
#include "strip_decoder.hpp"
#include "strip_painter.hpp"
#include "vqi/codec.hpp"

namespace vqi {
using namespace detail;

namespace {

Image decode_whole(const StreamReader& reader, const RunOptions& run, const Work& work) {
  const StreamHeader& header = reader.header();
  const BlockGrid& grid = header.grid;
  const std::uint64_t strips = header.strip_count();
  const DecodeMemory memory(header, 0, strips, image_bytes(grid, grid.width_px, grid.height_px), run);
  const Codewords codewords = read_codewords(header, reader.codebook_section());
  const std::uint32_t at_once = memory.strips_at_once(codewords.state_bytes);
  const StripPainter painter(header, codewords.codebook);
  Image image(grid.width_px, grid.height_px, grid.channels, grid.bit_depth);
  decode_strips(
      reader, codewords.model.get(), 0, strips, at_once, work,
      [&](std::uint64_t strip, std::span<const std::uint16_t> indices) { painter.paint(strip, indices, image); });
  reader.check_index_section();
  image.metadata() = reader.metadata();
  return image;
}

}  // namespace

// decode, decode_indexed and decode_region check header, limits and sections before they start threads.

Image decode(std::span<const std::byte> bytes, const DecodeLimits& limits, const RunOptions& run) {
  const StreamReader reader(bytes, limits);
  const CallWork work(run);
  work.progress.begin(Stage::decode);
  return decode_whole(reader, run, work);
}

Image detail::decode_written(std::span<const std::byte> bytes, const Work& work) {
  DecodeLimits unlimited;
  unlimited.max_pixels = std::numeric_limits<std::uint64_t>::max();
  unlimited.max_side_px = std::numeric_limits<std::uint32_t>::max();
  RunOptions run;
  run.max_memory_bytes = std::numeric_limits<std::uint64_t>::max();
  return decode_whole(StreamReader(bytes, unlimited), run, work);
}

IndexedImage decode_indexed(std::span<const std::byte> bytes, const DecodeLimits& limits, const RunOptions& run) {
  const StreamReader reader(bytes, limits);
  const StreamHeader& header = reader.header();
  const BlockGrid& grid = header.grid;
  // The codebook counts twice: as it lies in the file, and as an image.
  const auto map_bytes = checked_product(grid.vector_count(), sizeof(std::uint16_t));
  const auto result_bytes = map_bytes ? std::optional(*map_bytes + header.codebook_bytes()) : std::nullopt;
  const DecodeMemory memory(header, 0, header.strip_count(), result_bytes, run);
  const CallWork work(run);
  work.progress.begin(Stage::decode);
  const Codewords codewords = read_codewords(header, reader.codebook_section());
  const std::uint32_t at_once = memory.strips_at_once(codewords.state_bytes);

  IndexedImage indexed;
  indexed.width_px = grid.width_px;
  indexed.height_px = grid.height_px;
  indexed.map_width = grid.map_width();
  indexed.map_height = grid.map_height();
  indexed.indices.resize(grid.vector_count());
  decode_strips(reader, codewords.model.get(), 0, header.strip_count(), at_once, work,
                [&](std::uint64_t strip, std::span<const std::uint16_t> indices) {
                  const std::uint64_t begin = std::uint64_t{header.strip_begin(strip)} * indexed.map_width;
                  std::copy(indices.begin(), indices.end(),
                            indexed.indices.begin() + static_cast<std::ptrdiff_t>(begin));
                });
  reader.check_index_section();

  const BlockGrid codebook_grid{header.k * grid.block_width_px,
                                grid.block_height_px,
                                grid.channels,
                                grid.bit_depth,
                                grid.block_width_px,
                                grid.block_height_px};
  indexed.codebook = Image(codebook_grid.width_px, codebook_grid.height_px, grid.channels, grid.bit_depth);
  std::vector<std::uint16_t> all(header.k);
  for (std::size_t k = 0; k < all.size(); ++k) all[k] = static_cast<std::uint16_t>(k);
  scatter_codewords(codebook_grid, StripPainter(header, codewords.codebook).codewords(), all, 0,
                    indexed.codebook.row(0), indexed.codebook.row_bytes());
  indexed.metadata = reader.metadata();
  return indexed;
}

Image decode_region(std::span<const std::byte> bytes, std::uint32_t x_px, std::uint32_t y_px, std::uint32_t width_px,
                    std::uint32_t height_px, const DecodeLimits& limits, const RunOptions& run) {
  const StreamReader reader(bytes, limits);
  const StreamHeader& header = reader.header();
  const BlockGrid& grid = header.grid;
  if (width_px == 0 || height_px == 0 || std::uint64_t{x_px} + width_px > grid.width_px ||
      std::uint64_t{y_px} + height_px > grid.height_px)
    throw Error(ErrorCode::invalid_option, "region " + std::to_string(width_px) + "x" + std::to_string(height_px) +
                                               "+" + std::to_string(x_px) + "+" + std::to_string(y_px) +
                                               " is empty or not inside the image of " + std::to_string(grid.width_px) +
                                               "x" + std::to_string(grid.height_px));
  const std::uint32_t first_row = y_px / grid.block_height_px;
  const std::uint32_t last_row = (y_px + (height_px - 1)) / grid.block_height_px;
  const std::uint64_t last_strip_of_all = header.strip_count() - 1;
  const std::uint64_t first_strip = std::min<std::uint64_t>(first_row / header.strip_rows, last_strip_of_all);
  const std::uint64_t last_strip = std::min<std::uint64_t>(last_row / header.strip_rows, last_strip_of_all);
  // One row of blocks at a time, then the wanted part of its pixels.
  const std::uint32_t skipped_px = x_px % grid.block_width_px;  // left of the region in its first blocks
  const BlockGrid row_grid{skipped_px + width_px, grid.block_height_px, grid.channels,
                           grid.bit_depth,        grid.block_width_px,  grid.block_height_px};
  const std::size_t row_bytes = row_grid.width_px * grid.pixel_bytes();
  const DecodeMemory memory(header, first_strip, last_strip + 1, image_bytes(grid, width_px, height_px), run,
                            std::uint64_t{row_bytes} * grid.block_height_px);
  const CallWork work(run);
  work.progress.begin(Stage::decode);
  const Codewords codewords = read_codewords(header, reader.codebook_section());
  const std::uint32_t at_once = memory.strips_at_once(codewords.state_bytes);
  const StripPainter painter(header, codewords.codebook);
  Image region(width_px, height_px, grid.channels, grid.bit_depth);
  const std::uint32_t first_column = x_px / grid.block_width_px;
  const std::uint32_t columns = (x_px + (width_px - 1)) / grid.block_width_px - first_column + 1;
  decode_strips(reader, codewords.model.get(), first_strip, last_strip + 1, at_once, work,
                [&](std::uint64_t strip, std::span<const std::uint16_t> indices) {
                  const std::uint32_t begin = header.strip_begin(strip);
                  const std::uint32_t from = std::max(begin, first_row);
                  const std::uint32_t to = std::min(begin + header.strip_row_count(strip) - 1, last_row);
                  std::vector<std::byte> row(row_bytes * grid.block_height_px);
                  for (std::uint32_t map_y = from; map_y <= to; ++map_y) {
                    const std::size_t at = std::size_t{map_y - begin} * grid.map_width() + first_column;
                    scatter_codewords(row_grid, painter.codewords(), indices.subspan(at, columns), 0, row.data(),
                                      row_bytes);
                    for (std::uint32_t i = 0; i < grid.block_height_px; ++i) {
                      const std::uint64_t y = std::uint64_t{map_y} * grid.block_height_px + i;
                      if (y < y_px || y >= std::uint64_t{y_px} + height_px) continue;
                      const std::byte* source = row.data() + i * row_bytes + skipped_px * grid.pixel_bytes();
                      std::copy_n(source, region.row_bytes(), region.row(static_cast<std::uint32_t>(y - y_px)));
                    }
                  }
                });
  reader.check_index_section();
  region.metadata() = reader.metadata();
  return region;
}

}  // namespace vqi
