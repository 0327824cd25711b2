// The header of Sun raster files.
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

}  // namespace vqi::detail
