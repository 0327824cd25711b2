// Figures, memory and PSNR of the header's own MSE.
#include "stream_info.hpp"

#include "decode_memory.hpp"
#include "stream_figures.hpp"

namespace vqi::detail {

StreamInfo stream_info(const StreamHeader& header, const ByteCounts& sizes) {
  StreamInfo info;
  ByteCounts all = sizes;
  all.header = sizes.file - sizes.codebook - sizes.index - sizes.metadata;
  static_cast<StreamFigures&>(info) = figures_of(header, all);
  info.format_major = format_major;
  info.format_minor = header.version_minor;
  info.strip_count = header.strip_count();
  info.mse = header.mse;
  info.psnr_db = psnr_db(header.mse, header.grid.bit_depth == 16 ? 65535U : 255U);
  const DecodeMemory memory(header, whole_call(header, sizes.metadata, true));
  info.decode_memory_bytes = memory.bytes(1);
  info.decode_strip_memory_bytes = memory.strip_bytes();
  return info;
}

}  // namespace vqi::detail
