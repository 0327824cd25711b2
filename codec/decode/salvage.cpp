// salvage: what a damaged stream still holds, with the codebook's mean in the place of the rest.
#include <algorithm>
#include <optional>
#include <utility>

#include "codebook_section.hpp"
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

/// What of a stream can be decoded, and what cannot.
struct Remains {
  StreamHeader header;
  Section codebook;
  ColourMetadata metadata;
  std::vector<NumberedStrip> strips;
  std::vector<StripFault> lost;
  std::vector<Error> faults;         ///< met before the strips
  std::optional<Error> index_fault;  ///< of the index section, to be told where no strip has one
};

std::uint32_t strips_at_once(const StreamHeader& header, const RunOptions& run, std::uint64_t state_bytes = 0) {
  const BlockGrid& grid = header.grid;
  return strips_at_once(header, 0, header.strip_count(), image_bytes(grid, grid.width_px, grid.height_px), run,
                        state_bytes);
}

/// Of a stream whose sections are whole but for the strips.
Remains whole_remains(const StreamReader& reader, const RunOptions& run) {
  Remains remains;
  remains.header = reader.header();
  static_cast<void>(strips_at_once(remains.header, run));
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

/// Of a stream that StreamReader refuses with `fault`.
Remains damaged_remains(const DamagedReader& reader, const Error& fault, const RunOptions& run) {
  Remains remains;
  remains.faults.push_back(fault);
  remains.header = reader.header();
  static_cast<void>(strips_at_once(remains.header, run));
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
  const std::uint32_t at_once = strips_at_once(header, run, codewords.state_bytes);
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
