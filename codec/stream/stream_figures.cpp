// Ratio and rates, by the definitions in vqi/report.hpp.
#include "stream_figures.hpp"

#include <cmath>

namespace vqi::detail {

std::optional<RestoreFigures> restore_figures(const StreamHeader& header) {
  if (!header.restore.is_on()) return {};
  const double widen = header.grid.bit_depth == 8 ? 257 : 1;
  const double left = std::sqrt(header.mse) * widen;
  const double gain_db = left > 0 ? 20 * std::log10(header.restore.deviation / left) : 0;
  return RestoreFigures{header.restore.strength, std::round(gain_db * 1e4) / 1e4};  // the deviation tells no more
}

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
  figures.restore = restore_figures(header);
  return figures;
}

}  // namespace vqi::detail
