// decode_region: a rectangle of an image, from a stream in memory or from a source.
#include <algorithm>
#include <optional>

#include "decode_memory.hpp"
#include "region_painter.hpp"
#include "restore_filter.hpp"
#include "source_strips.hpp"
#include "strip_decoder.hpp"
#include "vqi/codec.hpp"
#include "vqi/streaming.hpp"

namespace vqi {
using namespace detail;
namespace {

/// Whether the region is sent through the decode filter.
bool restores(const StreamHeader& header, const DecodeLimits& limits) noexcept {
  return limits.restore && header.restore.is_on();
}

/// The strips that a region touches, down to the last row that is decoded.
StripRange strips_of(const RegionPainter& painter, const StreamHeader& header, bool restore) {
  const std::uint64_t last_strip_of_all = header.strip_count() - 1;
  StripRange range;
  range.begin = std::min<std::uint64_t>(painter.begin_row() / header.strip_rows, last_strip_of_all);
  range.end = std::min<std::uint64_t>((painter.end_row() - 1) / header.strip_rows, last_strip_of_all) + 1;
  range.end_row = painter.end_row_decoded(restore);
  return range;
}

/// What the call takes, where its result has these sides.
DecodeCall region_call(const StreamReader& reader, const RegionPainter& painter, const StripRange& range,
                       std::uint32_t width_px, std::uint32_t height_px, const DecodeLimits& limits) {
  const StreamHeader& header = reader.header();
  DecodeCall call = whole_call(header, reader.metadata_bytes(), limits.restore);
  call.result_bytes = image_bytes(header.grid, width_px, height_px);
  call.buffer_vectors = strip_vectors_max(header, range.begin, range.end, range.end_row);
  call.scratch_bytes = painter.scratch_bytes();
  return call;
}

/// The rectangle's pixels from strips that `fetch` gives.
Image decode_region(const StreamReader& reader, const StripFetch& fetch, const RegionPainter& painter,
                    const StripRange& range, Image region, const Codebook* codebook, std::uint32_t filter_bands,
                    const Work& work) {
  const StreamHeader& header = reader.header();
  const Codewords codewords = read_codewords(header, reader.codebook_section(), codebook, work);
  std::optional<RestoreFilter> filter;
  if (filter_bands != 0) filter.emplace(header.grid, codewords.codebook, header.restore, filter_bands);
  decode_strips(header, fetch, codewords.model.get(), range, work,
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

}  // namespace

Image decode_region(std::span<const std::byte> bytes, std::uint32_t x_px, std::uint32_t y_px, std::uint32_t width_px,
                    std::uint32_t height_px, const DecodeLimits& limits, const RunOptions& run) {
  const StreamReader reader(bytes, limits);
  const BlockGrid& grid = reader.header().grid;
  const RegionPainter painter(reader.header(), x_px, y_px, width_px, height_px);
  const bool restore = restores(reader.header(), limits);
  StripRange range = strips_of(painter, reader.header(), restore);
  const DecodeMemory memory(reader.header(), region_call(reader, painter, range, width_px, height_px, limits));
  range.at_once = memory.strips_at_once(run);
  const CallWork work(run);
  range.at_once = strips_under_way(range.end - range.begin, range.at_once, work);
  work.progress.begin(Stage::decode);
  const std::vector<StripEntry> entries = reader.strips();
  const StripFetch all = [&](std::uint64_t begin, std::uint64_t end) {
    return std::span(entries).subspan(begin, end - begin);
  };
  return decode_region(reader, all, painter, range, Image(width_px, height_px, grid.channels, grid.bit_depth), nullptr,
                       memory.bands_at_once(run, range.at_once), work);
}

DecodedRegion decode_region(const ByteSource& source, std::uint32_t x_px, std::uint32_t y_px, std::uint32_t width_px,
                            std::uint32_t height_px, const DecodeLimits& limits, const RunOptions& run) {
  SourceBytes bytes(source, run.max_memory_bytes);
  const StreamReader reader(bytes, limits);
  const BlockGrid& grid = reader.header().grid;
  const RegionPainter painter(reader.header(), x_px, y_px, width_px, height_px);
  const bool restore = restores(reader.header(), limits);
  StripRange range = strips_of(painter, reader.header(), restore);
  SourceStrips strips(bytes, reader, range.begin, range.end);
  DecodeCall call = region_call(reader, painter, range, width_px, height_px, limits);
  strips.count_in(call);
  const DecodeMemory memory(reader.header(), call);
  range.at_once = memory.strips_at_once(run);
  const CallWork work(run);
  range.at_once = strips_under_way(range.end - range.begin, range.at_once, work);
  work.progress.begin(Stage::decode);
  const StripFetch fetch = strips.fetch(range.at_once);
  DecodedRegion region;
  region.image = decode_region(reader, fetch, painter, range, Image(width_px, height_px, grid.channels, grid.bit_depth),
                               source.codebook.get(), memory.bands_at_once(run, range.at_once), work);
  region.source = report_of(bytes, reader);
  return region;
}

}  // namespace vqi
