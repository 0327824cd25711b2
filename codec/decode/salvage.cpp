// salvage: decodes what is whole of a damaged stream, and fills lost rows with the codebook's mean.
#include <algorithm>
#include <optional>
#include <utility>

#include "damaged_reader.hpp"
#include "decode_memory.hpp"
#include "strip_decoder.hpp"
#include "strip_painter.hpp"
#include "vqi/codec.hpp"

namespace vqi {
using namespace detail;
namespace {

/// The pixel rows of a strip.
RowRange rows_of(const StreamHeader& header, std::uint64_t strip) {
  const std::uint64_t block_height = header.grid.block_height_px;
  const std::uint64_t begin = header.strip_begin(strip) * block_height;
  const std::uint64_t end = begin + header.strip_row_count(strip) * block_height;
  return {static_cast<std::uint32_t>(begin),
          static_cast<std::uint32_t>(std::min<std::uint64_t>(end, header.grid.height_px))};
}

/// Throws Error{limit_exceeded}, before anything grows with the number of strips.
DecodeMemory memory_of(const StreamHeader& header, const RunOptions& run) {
  const BlockGrid& grid = header.grid;
  return {header, 0, header.strip_count(), image_bytes(grid, grid.width_px, grid.height_px), run};
}

/// The parts of a stream that can be decoded, and the faults of the others.
struct Remains {
  Remains(const StreamHeader& stream_header, const RunOptions& run)
      : header(stream_header), memory(memory_of(header, run)) {}

  StreamHeader header;
  DecodeMemory memory;
  Section codebook;
  ColourMetadata metadata;
  std::vector<NumberedStrip> strips;
  std::vector<StripFault> lost;
  std::vector<Error> faults;         ///< found before the strips were decoded
  std::optional<Error> index_fault;  ///< of the index section, reported only if nothing else has a fault
};

/// What remains of a stream whose sections are whole; its strips may be damaged.
Remains whole_remains(const StreamReader& reader, const RunOptions& run) {
  Remains remains(reader.header(), run);
  remains.codebook = reader.codebook_section();
  remains.metadata = reader.metadata();
  const std::vector<StripEntry> entries = reader.strips();
  for (std::uint64_t number = 0; number < entries.size(); ++number) remains.strips.push_back({number, entries[number]});
  try {
    reader.check_index_section();
  } catch (const Error& error) {
    remains.index_fault = error;
  }
  return remains;
}

/// What remains of a stream that StreamReader refuses with `fault`.
Remains damaged_remains(const DamagedReader& reader, const Error& fault, const RunOptions& run) {
  Remains remains(reader.header(), run);
  remains.faults.push_back(fault);
  remains.codebook = reader.codebook_section();
  remains.metadata = reader.metadata();
  const std::vector<std::optional<StripEntry>> found = reader.whole_strips();
  for (std::uint64_t number = 0; number < found.size(); ++number) {
    if (found[number])
      remains.strips.push_back({number, *found[number]});
    else
      remains.lost.push_back(
          {number, Error(ErrorCode::checksum_mismatch,
                         "index " + strip_words(remains.header, number) + " is damaged or missing")});
  }
  return remains;
}

Remains remains_of(std::span<const std::byte> bytes, const DecodeLimits& limits, const RunOptions& run) {
  try {
    return whole_remains(StreamReader(bytes, limits), run);
  } catch (const Error& error) {
    if (error.error_class() != ErrorClass::data) throw;
    return damaged_remains(DamagedReader(bytes, limits), error, run);
  }
}

void add_rows(std::vector<RowRange>& ranges, const RowRange& rows) {
  if (!ranges.empty() && ranges.back().end == rows.begin)
    ranges.back().end = rows.end;
  else
    ranges.push_back(rows);
}

}  // namespace

Salvaged salvage(std::span<const std::byte> bytes, const DecodeLimits& limits, const RunOptions& run) {
  Remains remains = remains_of(bytes, limits, run);
  const StreamHeader& header = remains.header;
  const BlockGrid& grid = header.grid;
  const CallWork work(run);
  work.progress.begin(Stage::decode);
  const Codewords codewords = read_codewords(header, remains.codebook);
  const std::uint32_t at_once = remains.memory.strips_at_once(codewords.state_bytes);
  const StripPainter painter(header, codewords.codebook);
  Salvaged salvaged;
  salvaged.image = Image(grid.width_px, grid.height_px, grid.channels, grid.bit_depth);
  const std::vector<StripFault> broken = try_strips(header, codewords.model.get(), remains.strips, at_once, work,
                                                    [&](std::uint64_t strip, std::span<const std::uint16_t> indices) {
                                                      painter.paint(strip, indices, salvaged.image);
                                                    });
  std::vector<StripFault>& lost = remains.lost;
  lost.insert(lost.end(), broken.begin(), broken.end());
  std::sort(lost.begin(), lost.end(), [](const StripFault& a, const StripFault& b) { return a.number < b.number; });

  salvaged.faults = std::move(remains.faults);
  std::vector<std::uint64_t> numbers;
  for (const StripFault& fault : lost) {
    numbers.push_back(fault.number);
    add_rows(salvaged.lost_rows, rows_of(header, fault.number));
    salvaged.faults.push_back(fault.error);
  }
  painter.paint_mean(numbers, salvaged.image);
  if (salvaged.faults.empty() && remains.index_fault) salvaged.faults.push_back(*remains.index_fault);
  salvaged.image.metadata() = std::move(remains.metadata);
  return salvaged;
}

}  // namespace vqi
