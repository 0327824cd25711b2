// decode_stream: strips are decoded some at a time, and their rows given in order.
#include <algorithm>
#include <limits>
#include <optional>

#include "decode_memory.hpp"
#include "source_strips.hpp"
#include "strip_decoder.hpp"
#include "strip_painter.hpp"
#include "vqi/streaming.hpp"

namespace vqi {
using namespace detail;
namespace {

/// The rows of the longest strip.
std::uint32_t strip_rows_max(const StreamHeader& header) noexcept {
  return std::max(header.strip_row_count(0), header.strip_row_count(header.strip_count() - 1));
}

/// The pixels of strips that are decoded together.
class StripBand {
 public:
  StripBand(const StreamHeader& header, const SampleArray& codebook, std::uint64_t strips, std::uint32_t filter_bands)
      : header_(header), band_header_(header) {
    const std::uint64_t rows = strip_rows_max(header) + (strips - 1) * header.strip_rows;
    band_header_.grid.height_px =
        static_cast<std::uint32_t>(std::min<std::uint64_t>(rows * header.grid.block_height_px, header.grid.height_px));
    const BlockGrid& grid = band_header_.grid;
    pixels_ = Image(grid.width_px, grid.height_px, grid.channels, grid.bit_depth);
    painter_.emplace(band_header_, codebook, filter_bands);
  }

  void begin(std::uint64_t strip) noexcept { first_row_ = header_.strip_begin(strip); }
  void paint(std::uint32_t first_row, std::span<const std::uint16_t> indices, const Work& work) {
    painter_->paint(first_row - first_row_, indices, pixels_, work);
  }
  /// Gives all rows up to row `end` of the map.
  void give(std::uint32_t end, const RowSink& sink) const {
    const std::uint32_t block_height = header_.grid.block_height_px;
    const std::uint32_t first_px = first_row_ * block_height;
    ImageView rows(pixels_);
    rows.height_px = static_cast<std::uint32_t>(
        std::min<std::uint64_t>(std::uint64_t{end - first_row_} * block_height, header_.grid.height_px - first_px));
    sink.rows(first_px, rows);
  }

 private:
  const StreamHeader& header_;
  StreamHeader band_header_;  // of an image that has the rows of the band alone
  Image pixels_;
  std::optional<StripPainter> painter_;
  std::uint32_t first_row_ = 0;
};

/// What the call takes, where `strips` count each strip under way.
DecodeCall stream_call(const StreamReader& reader, const SourceStrips& strips, bool restore) {
  const StreamHeader& header = reader.header();
  DecodeCall call = whole_call(header, reader.metadata_bytes(), restore);
  const std::uint64_t strip_px_rows = std::uint64_t{strip_rows_max(header)} * header.grid.block_height_px;
  call.result_bytes = 0;
  call.scratch_bytes = image_bytes(header.grid, header.grid.width_px, strip_px_rows)
                           .value_or(std::numeric_limits<std::uint64_t>::max() / 2);
  strips.count_in(call);
  return call;
}

/// Strips that are worth decoding together: one for each thread, or about four megapixels.
std::uint64_t strips_together(const StreamHeader& header, std::uint32_t threads) noexcept {
  constexpr std::uint64_t band_px = std::uint64_t{1} << 22;
  const BlockGrid& grid = header.grid;
  const std::uint64_t strip_px = std::uint64_t{header.strip_rows} * grid.block_height_px * grid.width_px;
  return std::min(std::max<std::uint64_t>(threads, band_px / strip_px), header.strip_count());
}

}  // namespace

SourceReport decode_stream(const ByteSource& source, const RowSink& sink, const DecodeLimits& limits,
                           const RunOptions& run) {
  SourceBytes bytes(source, run.max_memory_bytes);
  const StreamReader reader(bytes, limits);
  const StreamHeader& header = reader.header();
  SourceStrips strips(bytes, reader, 0, header.strip_count());
  const DecodeMemory memory(header, stream_call(reader, strips, limits.restore));
  const std::uint32_t strips_in_memory = memory.strips_at_once(run);
  const CallWork work(run);
  const auto together = static_cast<std::uint32_t>(
      std::min<std::uint64_t>(strips_in_memory, strips_together(header, work.pool.threads())));
  work.progress.begin(Stage::decode);
  const Codewords codewords = read_codewords(header, reader.codebook_section(), source.codebook.get(), work);
  const ColourMetadata metadata = reader.metadata();
  if (sink.begin) {
    const BlockGrid& grid = header.grid;
    ImageView type{nullptr, grid.width_px, grid.height_px, grid.channels, grid.bit_depth};
    type.stride_bytes = type.row_bytes();
    type.metadata = &metadata;
    sink.begin(type);
  }
  StripBand band(header, codewords.codebook, together, memory.bands_at_once(run, together));
  const StripFetch fetch = [&, read = strips.fetch(together, 0)](std::uint64_t begin, std::uint64_t end) {
    band.begin(begin);
    return read(begin, end);
  };
  decode_strips(
      header, fetch, codewords.model.get(), {0, header.strip_count(), header.grid.map_height(), {}, together}, work,
      [&](std::uint32_t first_row, std::span<const std::uint16_t> indices) { band.paint(first_row, indices, work); },
      [&](std::uint64_t next) {
        band.give(next == header.strip_count() ? header.grid.map_height() : header.strip_begin(next), sink);
      });
  reader.check_index_section();
  return report_of(bytes, reader);
}

}  // namespace vqi
