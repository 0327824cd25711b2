// The hook of a strip's decoding paints what is complete into a few rows of pixels, over and over.
#include "row_decoder.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "decode_memory.hpp"
#include "index_decoding.hpp"
#include "stream_error.hpp"
#include "strip_decoder.hpp"
#include "strip_entry.hpp"
#include "strip_painter.hpp"

namespace vqi::detail {
namespace {

constexpr std::uint32_t part_vectors = 1U << 16;

/// Rows of the map that are painted at once.
std::uint32_t part_rows(const BlockGrid& grid) noexcept {
  return std::clamp<std::uint32_t>(part_vectors / grid.map_width(), 1, grid.map_height());
}

/// The header of an image that has the rows of one part alone.
StreamHeader part_header(StreamHeader header) noexcept {
  header.grid.height_px = part_rows(header.grid) * header.grid.block_height_px;
  return header;
}

/// Turns the rows of strips into pixels in the memory of one part.
class RowPainter {
 public:
  RowPainter(const StreamHeader& header, const SampleArray& codebook, const RowsUse& use, const Work& work)
      : header_(header),
        part_header_(part_header(header)),
        painter_(part_header_, codebook),
        part_(header.grid.width_px, part_header_.grid.height_px, header.grid.channels, header.grid.bit_depth),
        use_(use),
        work_(work) {}

  /// Gives whole rows of indices, the first of which is row `first_row` of the map, in parts: the last one, which may
  /// be short, only if `all`. Returns how many rows it gave. Throws Error{corrupt_indices} for an index of K or more.
  std::uint32_t give(std::uint32_t first_row, std::span<const std::uint16_t> indices, bool all,
                     const StripEntry& entry) {
    const std::size_t map_width = header_.grid.map_width();
    const std::size_t whole = part_rows(header_.grid) * map_width;
    std::size_t given = 0;
    while (given < indices.size() && (all || indices.size() - given >= whole)) {
      const std::span<const std::uint16_t> part = indices.subspan(given, std::min(whole, indices.size() - given));
      if (*std::max_element(part.begin(), part.end()) >= header_.k)
        throw stream_error(ErrorCode::corrupt_indices, entry.offset, "an index is not below K");
      painter_.paint(0, part, part_, work_);
      const std::uint32_t block_height = header_.grid.block_height_px;
      const std::uint32_t map_row = first_row + static_cast<std::uint32_t>(given / map_width);
      const std::uint32_t first_px = map_row * block_height;
      ImageView rows(part_);
      rows.height_px = std::min(static_cast<std::uint32_t>(part.size() / map_width) * block_height,
                                header_.grid.height_px - first_px);
      use_(first_px, rows);
      given += part.size();
    }
    return static_cast<std::uint32_t>(given / map_width);
  }

 private:
  const StreamHeader& header_;
  StreamHeader part_header_;
  StripPainter painter_;
  Image part_;
  const RowsUse& use_;
  const Work& work_;
};

}  // namespace

bool has_long_strips(const StreamHeader& header) noexcept {
  constexpr std::uint64_t long_px = std::uint64_t{1} << 19;  // two of which are the megapixel that is decoded at once
  const BlockGrid& grid = header.grid;
  return header.strip_count() == 1 || std::uint64_t{header.strip_rows} * grid.block_height_px * grid.width_px > long_px;
}

void decode_rows(std::span<const std::byte> bytes, const DecodeLimits& limits, const RunOptions& run,
                 const RowsUse& use) {
  const StreamReader reader(bytes, limits);
  const StreamHeader& header = reader.header();
  const BlockGrid& grid = header.grid;
  DecodeCall call = whole_call(header, 0);
  call.result_bytes = image_bytes(grid, grid.width_px, part_header(header).grid.height_px);
  static_cast<void>(DecodeMemory(header, call).strips_at_once(run));  // one at least
  const CallWork work(run);
  work.progress.begin(Stage::decode);
  const Codewords codewords = read_codewords(header, reader.codebook_section(), work);
  RowPainter painter(header, codewords.codebook, use, work);
  DecodeProgress progress(work, grid.vector_count());
  std::vector<std::uint16_t> buffer(call.buffer_vectors);
  const std::vector<StripEntry> entries = reader.strips();
  for (std::uint64_t strip = 0; strip < entries.size(); ++strip) {
    const StripEntry& entry = entries[strip];
    if (const std::optional<Error> fault = strip_crc_fault(header, strip, entry)) throw Error(*fault);
    const std::uint32_t first_row = header.strip_begin(strip);
    const std::uint32_t rows_in_strip = header.strip_row_count(strip);
    const std::span<std::uint16_t> indices = std::span(buffer).first(std::size_t{rows_in_strip} * grid.map_width());
    std::uint32_t given = 0;
    const auto give = [&](std::size_t rows, bool all) {
      const std::size_t begin = std::size_t{given} * grid.map_width();
      given += painter.give(first_row + given, indices.subspan(begin, rows * grid.map_width() - begin), all, entry);
    };
    const DecodeHook tell = progress.hook(grid.map_width());
    const DecodeHook hook = [&](std::size_t rows) {
      tell(rows);
      give(rows, false);
    };
    const DecodedRows decoded =
        decode_indices(header, codewords.model.get(), entry.bytes, StripBytes::complete, indices, hook);
    if (decoded.rows < rows_in_strip || !decoded.ended)
      throw stream_error(ErrorCode::corrupt_indices, entry.offset,
                         "indices of " + strip_words(header, strip) + " break their coding's rules");
    tell(rows_in_strip);
    give(rows_in_strip, true);
  }
  reader.check_index_section();
}

}  // namespace vqi::detail
