// decode, decode_indexed, decode_region: checked streams to images.
#include <algorithm>
#include <string>

#include "bytes.hpp"
#include "decode_on_pool.hpp"
#include "integer.hpp"
#include "sample_array.hpp"
#include "strip_decoder.hpp"
#include "vqi/codec.hpp"

namespace vqi {
namespace {

/// The codebook in native byte order, with the readable bytes behind it that scattering wants.
std::vector<std::byte> native_codewords(const StreamReader& reader) {
  const std::span<const std::byte> stored = reader.codebook();
  std::vector<std::byte> codewords(stored.size() + 8);
  const std::uint32_t depth = reader.header().grid.bit_depth;
  const std::size_t sample_bytes = depth / 8;
  for (std::size_t i = 0; i < stored.size() / sample_bytes; ++i)
    store_sample(codewords.data(), i, depth,
                 static_cast<std::uint32_t>(load_le(stored.data() + i * sample_bytes, sample_bytes)));
  return codewords;
}

/// Throws Error{limit_exceeded} if `bytes` is over the limit; none means more than 2^64.
void check_memory(std::optional<std::uint64_t> bytes, const DecodeLimits& limits) {
  if (bytes && *bytes <= limits.max_memory_bytes) return;
  const std::string wanted = bytes ? std::to_string(*bytes) : "over 2^64";
  throw Error(ErrorCode::limit_exceeded, "the decoded image takes " + wanted + " bytes and the limit is " +
                                             std::to_string(limits.max_memory_bytes) +
                                             ", raise it with --max-memory BYTES (DecodeLimits::max_memory_bytes)");
}

void scatter_strip(const StreamHeader& header, std::uint64_t strip, std::span<const std::uint16_t> indices,
                   const std::vector<std::byte>& codewords, Image& image) {
  const std::uint32_t map_width = header.grid.map_width();
  const std::uint32_t begin = header.strip_begin(strip);
  for (std::uint32_t y = 0; y < header.strip_row_count(strip); ++y)
    scatter_codewords(header.grid, codewords.data(), indices.subspan(std::size_t{y} * map_width, map_width), begin + y,
                      image.row(0), image.row_bytes());
}

/// Bytes of an image of this grid's type.
std::optional<std::uint64_t> image_bytes(const BlockGrid& grid, std::uint64_t width_px, std::uint64_t height_px) {
  return checked_product(width_px * height_px, grid.pixel_bytes());
}

}  // namespace

Image decode(std::span<const std::byte> bytes, const DecodeLimits& limits) {
  return decode(bytes, limits, ThreadPool(limits.threads));
}

Image decode(std::span<const std::byte> bytes, const DecodeLimits& limits, const ThreadPool& pool) {
  const StreamReader reader(bytes, limits);
  const BlockGrid& grid = reader.header().grid;
  check_memory(image_bytes(grid, grid.width_px, grid.height_px), limits);
  ProgressReporter progress(limits.progress);
  progress.begin(Stage::decode);
  const std::vector<std::byte> codewords = native_codewords(reader);
  Image image(grid.width_px, grid.height_px, grid.channels, grid.bit_depth);
  decode_strips(reader, 0, reader.header().strip_count(), pool, progress,
                [&](std::uint64_t strip, std::span<const std::uint16_t> indices) {
                  scatter_strip(reader.header(), strip, indices, codewords, image);
                });
  reader.check_index_section();
  image.metadata() = reader.metadata();
  return image;
}

IndexedImage decode_indexed(std::span<const std::byte> bytes, const DecodeLimits& limits) {
  const StreamReader reader(bytes, limits);
  const StreamHeader& header = reader.header();
  const BlockGrid& grid = header.grid;
  check_memory(checked_product(grid.vector_count(), sizeof(std::uint16_t)), limits);
  ProgressReporter progress(limits.progress);
  progress.begin(Stage::decode);
  const ThreadPool pool(limits.threads);

  IndexedImage indexed;
  indexed.width_px = grid.width_px;
  indexed.height_px = grid.height_px;
  indexed.map_width = grid.map_width();
  indexed.map_height = grid.map_height();
  indexed.indices.resize(grid.vector_count());
  decode_strips(reader, 0, header.strip_count(), pool, progress,
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
  scatter_codewords(codebook_grid, native_codewords(reader).data(), all, 0, indexed.codebook.row(0),
                    indexed.codebook.row_bytes());
  indexed.metadata = reader.metadata();
  return indexed;
}

Image decode_region(std::span<const std::byte> bytes, std::uint32_t x_px, std::uint32_t y_px, std::uint32_t width_px,
                    std::uint32_t height_px, const DecodeLimits& limits) {
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
  check_memory(image_bytes(grid, width_px, height_px), limits);
  ProgressReporter progress(limits.progress);
  progress.begin(Stage::decode);
  const ThreadPool pool(limits.threads);
  const std::vector<std::byte> codewords = native_codewords(reader);
  Image region(width_px, height_px, grid.channels, grid.bit_depth);
  const std::uint32_t first_column = x_px / grid.block_width_px;
  const std::uint32_t columns = (x_px + (width_px - 1)) / grid.block_width_px - first_column + 1;
  decode_strips(
      reader, first_strip, last_strip + 1, pool, progress,
      [&](std::uint64_t strip, std::span<const std::uint16_t> indices) {
        const std::uint32_t begin = header.strip_begin(strip);
        const std::uint32_t from = std::max(begin, first_row);
        const std::uint32_t to = std::min(begin + header.strip_row_count(strip) - 1, last_row);
        // One row of blocks at a time, then the wanted part of its pixels.
        const BlockGrid row_grid{columns * grid.block_width_px, grid.block_height_px, grid.channels, grid.bit_depth,
                                 grid.block_width_px,           grid.block_height_px};
        const std::size_t row_bytes = row_grid.width_px * grid.pixel_bytes();
        std::vector<std::byte> row(row_bytes * grid.block_height_px);
        for (std::uint32_t map_y = from; map_y <= to; ++map_y) {
          const std::size_t at = std::size_t{map_y - begin} * grid.map_width() + first_column;
          scatter_codewords(row_grid, codewords.data(), indices.subspan(at, columns), 0, row.data(), row_bytes);
          for (std::uint32_t i = 0; i < grid.block_height_px; ++i) {
            const std::uint64_t y = std::uint64_t{map_y} * grid.block_height_px + i;
            if (y < y_px || y >= std::uint64_t{y_px} + height_px) continue;
            const std::byte* source =
                row.data() + i * row_bytes + (x_px - first_column * grid.block_width_px) * grid.pixel_bytes();
            std::copy_n(source, region.row_bytes(), region.row(static_cast<std::uint32_t>(y - y_px)));
          }
        }
      });
  region.metadata() = reader.metadata();
  return region;
}

}  // namespace vqi
