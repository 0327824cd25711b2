// The headers of Sun raster and JPEG 2000 files.
#include <algorithm>

#include "image_header.hpp"

namespace vqi::detail {

ImageHeader read_sun_raster_header(std::span<const std::byte> bytes) {
  const ByteWindow window(bytes, "Sun raster");
  ImageHeader header;
  header.format = window.format();
  header.width_px = window.be32(4);
  header.height_px = window.be32(8);
  const std::uint32_t bits = window.be32(12);
  const std::uint32_t kind = window.be32(20);
  if (header.width_px == 0 || header.height_px == 0) throw_damaged(header.format, "a side has 0 pixels", 4);
  // What OpenCV reads wrongly is refused: bitmaps, RGB order and run lengths.
  if ((bits != 8 && bits != 24) || kind > 1)
    throw_unsupported(header.format, "a layout other than plain 8 or 24 bits per pixel");
  return header;
}

ImageHeader read_jpeg2000_header(std::span<const std::byte> bytes) {
  const ByteWindow window(bytes, "JPEG 2000");
  ImageHeader header;
  header.format = window.format();
  // OpenCV would take such a file for DICOM.
  if (window.has(128, "DICM")) throw_damaged(header.format, "it holds a DICOM signature", 128);
  std::uint64_t codestream = 0;
  if (!window.has(0, "\xFF\x4F")) {
    while (!window.has(codestream + 4, "jp2c")) {  // ISO/IEC 15444-1, annex I: boxes
      const std::uint32_t length = window.be32(codestream);
      if (length < 8) throw_damaged(header.format, "a box in front of its pixels has no length", codestream);
      codestream += length;
    }
    codestream += window.be32(codestream) == 1 ? 16U : 8U;  // 1: the length follows in 64 bits
  }
  // The SIZ marker segment: annex A.5.1.
  const std::uint64_t siz = codestream + 2;
  if (window.be16(siz) != 0xFF51) throw_damaged(header.format, "its SIZ segment is missing", siz);
  const std::uint32_t right = window.be32(siz + 6);
  const std::uint32_t bottom = window.be32(siz + 10);
  const std::uint32_t left = window.be32(siz + 14);
  const std::uint32_t top = window.be32(siz + 18);
  if (right <= left || bottom <= top) throw_damaged(header.format, "its size is not valid", siz + 6);
  header.width_px = right - left;
  header.height_px = bottom - top;
  header.channels = window.be16(siz + 38);
  if (header.channels == 2 || header.channels > 4)
    throw_unsupported(header.format, std::to_string(header.channels) + " channels");
  std::uint32_t bits = 0;
  for (std::uint32_t i = 0; i < header.channels; ++i)
    bits = std::max(bits, window.u8(siz + 40 + std::uint64_t{3} * i) + 1U);
  if (bits < 8 || bits > 16)
    throw_unsupported(header.format, std::to_string(bits) + " bits per sample, or signed ones");
  header.bit_depth = bits > 8 ? 16 : 8;
  if (bits > 8 && bits < 16) header.sample_max = (1U << bits) - 1;
  // OpenJPEG decodes into 4 bytes per sample.
  header.scratch_bytes = std::uint64_t{4} * header.channels * std::min<std::uint64_t>(header.width_px, 1U << 28) *
                         std::min<std::uint64_t>(header.height_px, 1U << 28);
  return header;
}

}  // namespace vqi::detail
