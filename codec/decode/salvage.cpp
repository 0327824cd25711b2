// salvage: decodes what is left of a damaged stream, and fills lost rows with the codebook's mean.
#include <algorithm>
#include <optional>
#include <utility>

#include "damaged_reader.hpp"
#include "decode_memory.hpp"
#include "index_decoding.hpp"
#include "stream_error.hpp"
#include "strip_decoder.hpp"
#include "strip_painter.hpp"
#include "vqi/codec.hpp"

namespace vqi {
using namespace detail;
namespace {

/// The parts of a stream that can be decoded, and the faults of the others.
struct Remains {
  StreamHeader header;
  std::optional<DecodeMemory> memory;  ///< within the limit
  Section codebook;
  ColourMetadata metadata;
  std::vector<FoundStrip> strips;
  std::optional<Error> fault;        ///< for which StreamReader refuses the stream
  std::optional<Error> index_fault;  ///< of the index section, reported only if nothing else has a fault
};

/// What salvage takes. Throws Error{limit_exceeded}, before anything grows with the image.
DecodeMemory checked_memory(const StreamHeader& header, std::uint64_t metadata_bytes, const DecodeLimits& limits,
                            const RunOptions& run) {
  DecodeCall call = whole_call(header, metadata_bytes, limits.restore);
  constexpr std::uint64_t fault_bytes = 512;  // an Error with its message, while it is copied
  call.record_bytes = sizeof(StripEntry) + sizeof(FoundStrip) + 2 * sizeof(RowRange) + fault_bytes;
  const DecodeMemory memory(header, call);
  static_cast<void>(memory.strips_at_once(run));
  return memory;
}

/// What remains of a stream whose sections are whole; its strips may be damaged.
Remains whole_remains(const StreamReader& reader, const DecodeLimits& limits, const RunOptions& run) {
  Remains remains;
  remains.header = reader.header();
  remains.memory = checked_memory(remains.header, reader.metadata_bytes(), limits, run);
  remains.codebook = reader.codebook_section();
  remains.metadata = reader.metadata();
  for (const StripEntry& entry : reader.strips()) remains.strips.push_back({FoundStrip::State::whole, entry});
  try {
    reader.check_index_section();
  } catch (const Error& error) {
    remains.index_fault = error;
  }
  return remains;
}

/// What remains of a stream that StreamReader refuses with `fault`.
Remains damaged_remains(const DamagedReader& reader, const Error& fault, const DecodeLimits& limits,
                        const RunOptions& run) {
  Remains remains;
  remains.header = reader.header();
  remains.memory = checked_memory(remains.header, reader.metadata_bytes(), limits, run);
  remains.codebook = reader.codebook_section();
  remains.metadata = reader.metadata();
  remains.strips = reader.strips();
  remains.fault = fault;
  return remains;
}

Remains remains_of(std::span<const std::byte> bytes, const DecodeLimits& limits, const RunOptions& run) {
  try {
    return whole_remains(StreamReader(bytes, limits), limits, run);
  } catch (const Error& error) {
    if (error.error_class() != ErrorClass::data) throw;
    return damaged_remains(DamagedReader(bytes, limits), error, limits, run);
  }
}

/// What became of a strip.
struct SalvagedStrip {
  std::uint32_t rows = 0;      ///< of the map that were decoded, from the strip's first one on
  std::optional<Error> fault;  ///< none: the strip is whole
};

/// Decodes what is there of strip number `i`.
SalvagedStrip salvage_strip(const Remains& remains, const IndexModel* model, std::uint64_t i,
                            std::span<std::uint16_t> indices, const DecodeHook& hook) {
  const StreamHeader& header = remains.header;
  const FoundStrip& strip = remains.strips[i];
  SalvagedStrip salvaged;
  if (strip.state != FoundStrip::State::whole)
    salvaged.fault = Error(ErrorCode::checksum_mismatch, "index " + strip_words(header, i) + " is damaged or missing");
  else
    salvaged.fault = strip_crc_fault(header, i, strip.entry);
  if (strip.state == FoundStrip::State::lost) return salvaged;
  const DecodedRows decoded = decode_indices(header, model, strip.entry.bytes, strip.known, indices, hook);
  salvaged.rows = static_cast<std::uint32_t>(decoded.rows);
  if (!salvaged.fault && !decoded.ended)
    salvaged.fault = stream_error(ErrorCode::corrupt_indices, strip.entry.offset,
                                  "indices of " + strip_words(header, i) + " break their coding's rules");
  return salvaged;
}

/// Appends the rows begin .. end - 1 of the map as pixel rows.
void add_rows(std::vector<RowRange>& ranges, const BlockGrid& grid, std::uint64_t begin, std::uint64_t end) {
  if (begin == end) return;
  const auto first = static_cast<std::uint32_t>(begin * grid.block_height_px);
  const auto last = static_cast<std::uint32_t>(std::min<std::uint64_t>(end * grid.block_height_px, grid.height_px));
  if (!ranges.empty() && ranges.back().end == first)
    ranges.back().end = last;
  else
    ranges.push_back({first, last});
}

/// Throws an Error that says that nothing is left, for the reason of `fault`.
[[noreturn]] void throw_nothing_left(const Error& fault) {
  throw Error(fault.error_code(), std::string("nothing can be salvaged, no pixel row is left: ") + fault.what(),
              fault.offset());
}

/// Decodes all strips into `image`, `at_once` of them at once.
std::vector<SalvagedStrip> salvage_strips(const Remains& remains, std::uint32_t at_once, const Codewords& codewords,
                                          const StripPainter& painter, Image& image, const Work& work) {
  const StreamHeader& header = remains.header;
  const std::uint32_t map_width = header.grid.map_width();
  std::vector<SalvagedStrip> strips(remains.strips.size());
  DecodeProgress progress(work, header.grid.vector_count());
  for_each_strip(strips.size(), at_once, strip_vectors_max(header, 0, strips.size(), header.grid.map_height()), work,
                 [&](std::size_t i, std::span<std::uint16_t> buffer) {
                   const std::span<std::uint16_t> indices = buffer.first(header.strip_vectors(i));
                   strips[i] = salvage_strip(remains, codewords.model.get(), i, indices, progress.hook(map_width));
                   painter.paint(header.strip_begin(i), indices.first(std::size_t{strips[i].rows} * map_width), image,
                                 work);
                 });
  return strips;
}

}  // namespace

Salvaged salvage(std::span<const std::byte> bytes, const DecodeLimits& limits, const RunOptions& run) {
  Remains remains = remains_of(bytes, limits, run);
  const StreamHeader& header = remains.header;
  const BlockGrid& grid = header.grid;
  const auto is_lost = [](const FoundStrip& strip) { return strip.state == FoundStrip::State::lost; };
  if (std::all_of(remains.strips.begin(), remains.strips.end(), is_lost)) throw_nothing_left(*remains.fault);
  const CallWork work(run);
  work.progress.begin(Stage::decode);
  const Codewords codewords = read_codewords(header, remains.codebook, work);
  const std::uint32_t at_once = strips_under_way(remains.strips.size(), remains.memory->strips_at_once(run), work);
  const StripPainter painter(header, codewords.codebook, remains.memory->bands_at_once(run, at_once));
  Salvaged salvaged;
  salvaged.image = Image(grid.width_px, grid.height_px, grid.channels, grid.bit_depth);
  const std::vector<SalvagedStrip> strips = salvage_strips(remains, at_once, codewords, painter, salvaged.image, work);

  if (remains.fault) salvaged.faults.push_back(*remains.fault);
  bool is_any_left = false;
  for (std::uint64_t i = 0; i < strips.size(); ++i) {
    is_any_left |= strips[i].rows > 0;
    if (!strips[i].fault) continue;
    const std::uint32_t begin = header.strip_begin(i);
    const std::uint32_t end = begin + header.strip_row_count(i);
    add_rows(salvaged.unverified_rows, grid, begin, begin + strips[i].rows);
    add_rows(salvaged.lost_rows, grid, begin + strips[i].rows, end);
    salvaged.faults.push_back(*strips[i].fault);
    painter.paint_mean(begin + strips[i].rows, end, salvaged.image, work);
  }
  if (!is_any_left) throw_nothing_left(salvaged.faults.front());
  if (salvaged.faults.empty() && remains.index_fault) salvaged.faults.push_back(*remains.index_fault);
  salvaged.image.metadata() = std::move(remains.metadata);
  return salvaged;
}

}  // namespace vqi
