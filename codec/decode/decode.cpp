// decode, decode_indexed: streams in memory to images and maps.
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

/// How much of the work may be under way at once.
struct AtOnce {
  std::uint32_t strips = 1;
  std::uint32_t filter_bands = 0;  ///< of a strip, as StripPainter takes it
};

Image decode_whole(const StreamReader& reader, AtOnce at_once, const Work& work) {
  const StreamHeader& header = reader.header();
  const BlockGrid& grid = header.grid;
  const Codewords codewords = read_codewords(header, reader.codebook_section(), work);
  const StripPainter painter(header, codewords.codebook, at_once.filter_bands);
  Image image(grid.width_px, grid.height_px, grid.channels, grid.bit_depth);
  decode_strips(reader, codewords.model.get(), {0, header.strip_count(), grid.map_height(), {}, at_once.strips}, work,
                [&](std::uint32_t first_row, std::span<const std::uint16_t> indices) {
                  painter.paint(first_row, indices, image, work);
                });
  reader.check_index_section();
  image.metadata() = reader.metadata();
  return image;
}

}  // namespace

// Header, limits and sections are checked before threads are started.

Image decode(std::span<const std::byte> bytes, const DecodeLimits& limits, const RunOptions& run) {
  const StreamReader reader(bytes, limits);
  const StreamHeader& header = reader.header();
  const DecodeMemory memory(header, whole_call(header, reader.metadata_bytes(), limits.restore));
  AtOnce at_once{memory.strips_at_once(run)};
  const CallWork work(run);
  at_once.strips = strips_under_way(header.strip_count(), at_once.strips, work);
  at_once.filter_bands = memory.bands_at_once(run, at_once.strips);
  work.progress.begin(Stage::decode);
  return decode_whole(reader, at_once, work);
}

Image detail::decode_written(std::span<const std::byte> bytes, const Work& work) {
  DecodeLimits unlimited;
  unlimited.max_pixels = std::numeric_limits<std::uint64_t>::max();
  unlimited.max_side_px = std::numeric_limits<std::uint32_t>::max();
  const StreamReader reader(bytes, unlimited);
  return decode_whole(reader, {threads_max, reader.header().restore.is_on() ? threads_max : 0}, work);
}

IndexedImage decode_indexed(std::span<const std::byte> bytes, const DecodeLimits& limits, const RunOptions& run) {
  const StreamReader reader(bytes, limits);
  const StreamHeader& header = reader.header();
  const BlockGrid& grid = header.grid;
  DecodeCall call = whole_call(header, reader.metadata_bytes(), false);
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

}  // namespace vqi
