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
  RowPainter(const StreamHeader& header, const SampleArray& codebook, std::uint32_t filter_bands, const RowsUse& use,
             const Work& work)
      : header_(header),
        part_header_(part_header(header)),
        painter_(part_header_, codebook, filter_bands),
        part_(header.grid.width_px, part_header_.grid.height_px, header.grid.channels, header.grid.bit_depth),
        use_(use),
        work_(work) {}

  /// Begins a strip, whose first row is row `first_row` of the map.
  void begin(std::uint32_t first_row) noexcept {
    first_row_ = first_row;
    given_ = 0;
    checked_ = 0;
  }

  /// Gives rows that were not given yet of the strip, whose first `rows` rows `indices` begins with, in parts: the last
  /// one, which may be short, only if these are `all`. Throws Error{corrupt_indices} for an index of K or more.
  void give(std::span<const std::uint16_t> indices, std::uint32_t rows, bool all, const StripEntry& entry) {
    const std::uint32_t below = all ? 0 : painter_.rows_below();
    const std::uint32_t most = part_rows(header_.grid);
    while (given_ + below < rows && (all || rows - given_ - below >= most)) {
      const std::uint32_t end = given_ + std::min(most, rows - given_ - below);
      check(indices, std::min(rows, end + painter_.rows_below()), entry);
      painter_.paint_part(indices.first(std::size_t{rows} * header_.grid.map_width()), given_, end, part_, work_);
      const std::uint32_t block_height = header_.grid.block_height_px;
      const std::uint32_t first_px = (first_row_ + given_) * block_height;
      ImageView view(part_);
      view.height_px = std::min((end - given_) * block_height, header_.grid.height_px - first_px);
      use_(first_px, view);
      given_ = end;
    }
  }

 private:
  /// Throws Error{corrupt_indices} for an index of K or more in rows up to `end` - 1.
  void check(std::span<const std::uint16_t> indices, std::uint32_t end, const StripEntry& entry) {
    const std::size_t map_width = header_.grid.map_width();
    const auto part = indices.subspan(checked_ * map_width, (end - checked_) * map_width);
    if (!part.empty() && *std::max_element(part.begin(), part.end()) >= header_.k)
      throw stream_error(ErrorCode::corrupt_indices, entry.offset, "an index is not below K");
    checked_ = end;
  }

  const StreamHeader& header_;
  StreamHeader part_header_;
  StripPainter painter_;
  Image part_;
  const RowsUse& use_;
  const Work& work_;
  std::uint32_t first_row_ = 0;  // of the strip in the map
  std::uint32_t given_ = 0;      // rows of the strip that were given,
  std::size_t checked_ = 0;      // and whose indices were checked
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
  DecodeCall call = whole_call(header, 0, limits.restore);
  call.result_bytes = image_bytes(grid, grid.width_px, part_header(header).grid.height_px);
  const DecodeMemory memory(header, call);
  static_cast<void>(memory.strips_at_once(run));  // one at least
  const CallWork work(run);
  work.progress.begin(Stage::decode);
  const Codewords codewords = read_codewords(header, reader.codebook_section(), work);
  RowPainter painter(header, codewords.codebook, memory.bands_at_once(run, 1), use, work);
  DecodeProgress progress(work, grid.vector_count());
  std::vector<std::uint16_t> buffer(call.buffer_vectors);
  const std::vector<StripEntry> entries = reader.strips();
  for (std::uint64_t strip = 0; strip < entries.size(); ++strip) {
    const StripEntry& entry = entries[strip];
    if (const std::optional<Error> fault = strip_crc_fault(header, strip, entry)) throw Error(*fault);
    painter.begin(header.strip_begin(strip));
    const std::uint32_t rows_in_strip = header.strip_row_count(strip);
    const std::span<std::uint16_t> indices = std::span(buffer).first(std::size_t{rows_in_strip} * grid.map_width());
    const DecodeHook tell = progress.hook(grid.map_width());
    const DecodeHook hook = [&](std::size_t rows) {
      tell(rows);
      painter.give(indices, static_cast<std::uint32_t>(rows), false, entry);
    };
    const DecodedRows decoded =
        decode_indices(header, codewords.model.get(), entry.bytes, StripBytes::complete, indices, hook);
    if (decoded.rows < rows_in_strip || !decoded.ended)
      throw stream_error(ErrorCode::corrupt_indices, entry.offset,
                         "indices of " + strip_words(header, strip) + " break their coding's rules");
    tell(rows_in_strip);
    painter.give(indices, rows_in_strip, true, entry);
  }
  reader.check_index_section();
}

}  // namespace vqi::detail
