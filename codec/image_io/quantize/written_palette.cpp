// Bytes are counted in the finished file, so that the report is of what was written.
#include "written_palette.hpp"

#include <utility>

#include "lap_clock.hpp"
#include "palette_png.hpp"
#include "png_chunks.hpp"

namespace vqi::detail {
namespace {

/// What each part of the file takes, frames of its chunks included.
ByteCounts count_bytes(std::span<const std::byte> png) {
  constexpr std::uint64_t frame_bytes = 12;
  constexpr std::uint64_t signature_bytes = 8;
  ByteCounts bytes;
  bytes.file = png.size();
  bytes.header = signature_bytes + frame_bytes;  // of IEND, which the list does not have
  const PngChunks chunks = find_png_chunks(png);
  for (std::size_t i = 0; i < chunks.list.size(); ++i) {
    const PngChunkView& chunk = chunks.list[i];
    // Of a run of IDAT chunks the list has the first.
    const std::uint64_t end = i + 1 < chunks.list.size() ? chunks.list[i + 1].offset : chunks.end_offset - frame_bytes;
    if (chunk.type() == "PLTE" || chunk.type() == "tRNS")
      bytes.codebook += end - chunk.offset;
    else if (chunk.type() == "IDAT")
      bytes.index += end - chunk.offset;
    else if (chunk.type() == "IHDR")
      bytes.header += end - chunk.offset;
    else
      bytes.metadata += end - chunk.offset;
  }
  return bytes;
}

}  // namespace

Quantized write_quantized(PalettePicture picture, const QuantizeOptions& options, const RunOptions& run) {
  if (options.strip) picture.indexed.metadata = {};
  const std::size_t kept = kept_colours(picture, options);
  LapClock clock;
  Quantized result{write_palette_png(picture.indexed, options.effort, run, kept), std::move(picture.report)};
  EncodeReport& report = result.report;
  report.seconds.encode += clock.lap();
  report.bytes = count_bytes(result.bytes);
  const double pixels = static_cast<double>(picture.indexed.width_px) * picture.indexed.height_px;
  report.ratio = static_cast<double>(report.raw_bytes) / static_cast<double>(report.bytes.file);
  report.bpp = 8 * static_cast<double>(report.bytes.file) / pixels;
  report.index_bpp = 8 * static_cast<double>(report.bytes.index) / pixels;
  return result;
}

}  // namespace vqi::detail
