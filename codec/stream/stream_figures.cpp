// Ratio and rates, by the definitions in vqi/report.hpp.
#include "stream_figures.hpp"

namespace vqi::detail {

StreamFigures figures_of(const StreamHeader& header, const ByteCounts& bytes) {
  const BlockGrid& grid = header.grid;
  const std::uint64_t pixels = std::uint64_t{grid.width_px} * grid.height_px;
  StreamFigures figures;
  figures.width_px = grid.width_px;
  figures.height_px = grid.height_px;
  figures.channels = grid.channels;
  figures.bit_depth = grid.bit_depth;
  figures.raw_bytes = pixels * grid.pixel_bytes();
  figures.bytes = bytes;
  figures.ratio = static_cast<double>(figures.raw_bytes) / static_cast<double>(bytes.file);
  figures.bpp = 8.0 * static_cast<double>(bytes.file) / static_cast<double>(pixels);
  figures.index_bpp = 8.0 * static_cast<double>(bytes.index) / static_cast<double>(pixels);
  figures.k = header.k;
  figures.block_width_px = grid.block_width_px;
  figures.block_height_px = grid.block_height_px;
  figures.coding = header.coding == IndexCoding::context_model ? Coding::entropy : Coding::packed;
  figures.model = header.model;
  return figures;
}

}  // namespace vqi::detail
