// The header of a WebP file: RIFF container, VP8, VP8L and VP8X chunks.
#include "exif_orientation.hpp"
#include "image_header.hpp"

namespace vqi::detail {
namespace {

constexpr std::string_view format_name = "WebP";
constexpr std::uint64_t first_chunk = 12;
constexpr std::uint64_t chunk_head_bytes = 8;
/// OpenCV recognises a WebP by its first 32 bytes; the smallest files are shorter.
constexpr std::size_t min_file_bytes = 32;

// Flags of VP8X: WebP Container Specification, "Extended File Format".
constexpr std::uint8_t animation_flag = 0x02;
constexpr std::uint8_t exif_flag = 0x08;
constexpr std::uint8_t icc_flag = 0x20;

std::uint32_t le24(const ByteWindow& window, std::uint64_t offset) {
  return window.le16(offset) | (std::uint32_t{window.u8(offset + 2)} << 16);
}

std::uint32_t find_orientation(const ByteWindow& window) {
  for (std::uint64_t offset = first_chunk; offset + chunk_head_bytes <= window.size();) {
    const std::uint32_t length = window.le32(offset + 4);
    if (window.has(offset, "EXIF")) {
      const std::uint64_t payload = offset + chunk_head_bytes;
      auto exif = window.at(payload, length);
      // Some writers keep JPEG's prefix, which the specification does not have.
      if (window.has(payload, {"Exif\0\0", 6}) && length >= 6) exif = exif.subspan(6);
      return read_exif_orientation(exif);
    }
    offset += chunk_head_bytes + length + (length & 1U);
  }
  return 1;
}

}  // namespace

ImageHeader read_webp_header(std::span<const std::byte> bytes) {
  const ByteWindow window(bytes, format_name);
  ImageHeader header;
  header.format = format_name;
  header.channels = 4;
  if (!window.has(0, "RIFF")) throw_damaged(format_name, "it does not begin with RIFF", 0);
  static_cast<void>(window.at(8, window.le32(4)));  // the whole file is there
  header.min_file_bytes = min_file_bytes;
  const std::uint64_t payload = first_chunk + chunk_head_bytes;
  if (window.has(first_chunk, "VP8 ")) {
    header.width_px = window.le16(payload + 6) & 0x3FFFU;
    header.height_px = window.le16(payload + 8) & 0x3FFFU;
    if (header.width_px == 0 || header.height_px == 0)
      throw_damaged(format_name, "its width or height is 0", payload + 6);
  } else if (window.has(first_chunk, "VP8L")) {
    const std::uint32_t bits = window.le32(payload + 1);
    header.width_px = (bits & 0x3FFFU) + 1;
    header.height_px = ((bits >> 14) & 0x3FFFU) + 1;
  } else if (window.has(first_chunk, "VP8X")) {
    const std::uint8_t flags = window.u8(payload);
    if ((flags & animation_flag) != 0) throw_unsupported(format_name, "an animation");
    header.width_px = le24(window, payload + 4) + 1;
    header.height_px = le24(window, payload + 7) + 1;
    if ((flags & icc_flag) != 0) header.warnings.push_back(profile_warning(format_name));
    if ((flags & exif_flag) != 0) header.orientation = find_orientation(window);
  } else {
    throw_damaged(format_name, "its first chunk is unknown", first_chunk);
  }
  // libwebp keeps one more copy of the pixels as it decodes: 4 bytes each when lossless.
  header.scratch_bytes = std::uint64_t{4} * header.width_px * header.height_px;
  return header;
}

}  // namespace vqi::detail
