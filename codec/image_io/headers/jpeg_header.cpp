// The header of a JPEG file, and whether the file goes on to its end marker.
#include <algorithm>
#include <cstring>

#include "exif_orientation.hpp"
#include "image_header.hpp"

namespace vqi::detail {
namespace {

constexpr std::string_view format_name = "JPEG";
constexpr std::string_view exif_tag{"Exif\0\0", 6};
constexpr std::string_view icc_tag{"ICC_PROFILE\0", 12};

// Markers: ISO/IEC 10918-1, table B.1.
enum Marker : std::uint8_t {
  tem = 0x01,
  sof0 = 0xC0,
  sof2 = 0xC2,
  dht = 0xC4,
  jpg = 0xC8,
  dac = 0xCC,
  sof15 = 0xCF,
  rst0 = 0xD0,
  eoi = 0xD9,
  sos = 0xDA,
  app1 = 0xE1,
  app2 = 0xE2,
};

/// Encoders write some ten scans. Each goes over the whole image, however few bytes it has, so that a small file of
/// very many would take hours.
constexpr int scans_max = 100;

bool is_frame_header(std::uint8_t marker) {
  return marker >= sof0 && marker <= sof15 && marker != dht && marker != jpg && marker != dac;
}
/// TEM, RST0..7 and SOI have no length.
bool stands_alone(std::uint8_t marker) { return marker == tem || (marker >= rst0 && marker < eoi); }

class JpegWalker {
 public:
  explicit JpegWalker(std::span<const std::byte> bytes) : bytes_(bytes), window_(bytes, format_name) {
    header_.format = format_name;
  }

  /// Walks over all segments and scans to the end marker. libjpeg would take an early end for a
  /// pause, and OpenCV would then return rows that were never decoded.
  ImageHeader walk() {
    for (std::size_t offset = 2;;) {
      offset = find_marker(offset);
      const std::uint8_t marker = window_.u8(offset + 1);
      offset += 2;
      if (marker == eoi) break;
      if (stands_alone(marker)) continue;
      const std::uint16_t length = window_.be16(offset);
      if (length < 2) throw_damaged(format_name, "a segment's length is under 2", offset);
      read_segment(marker, offset + 2, window_.at(offset + 2, length - 2U));
      offset += length;
    }
    if (header_.width_px == 0) throw_damaged(format_name, "it has no frame header", bytes_.size());
    return std::move(header_);
  }

 private:
  /// The next FF that begins a marker, at or after `offset`: not fill (FF FF) and not an entropy
  /// coded FF (FF 00).
  [[nodiscard]] std::size_t find_marker(std::size_t offset) const {
    while (true) {
      const auto rest = window_.at(offset, bytes_.size() - std::min(offset, bytes_.size()));
      const void* found = rest.empty() ? nullptr : std::memchr(rest.data(), 0xFF, rest.size());
      // Without one the file has ended: the read after its end says so.
      offset = found == nullptr ? bytes_.size()
                                : static_cast<std::size_t>(static_cast<const std::byte*>(found) - bytes_.data());
      const std::uint8_t marker = window_.u8(offset + 1);
      if (marker != 0 && marker != 0xFF) return offset;
      ++offset;
    }
  }

  void read_segment(std::uint8_t marker, std::size_t offset, std::span<const std::byte> data) {
    const ByteWindow segment(data, format_name);
    if (is_frame_header(marker)) {
      read_frame(marker, offset, segment);
    } else if (marker == sos) {
      if (++scans_ > scans_max) throw_unsupported(format_name, "more than " + std::to_string(scans_max) + " scans");
    } else if (marker == app1 && segment.has(0, exif_tag) && !has_exif_) {
      has_exif_ = true;
      header_.orientation = read_exif_orientation(data.subspan(exif_tag.size()));
    } else if (marker == app2 && segment.has(0, icc_tag) && header_.warnings.empty()) {
      header_.warnings.push_back(profile_warning(format_name));
    }
  }

  void read_frame(std::uint8_t marker, std::size_t offset, const ByteWindow& frame) {
    if (header_.width_px != 0) throw_damaged(format_name, "it has a second frame header", offset);
    if (frame.u8(0) != 8) throw_unsupported(format_name, std::to_string(frame.u8(0)) + " bits per sample");
    header_.height_px = frame.be16(1);
    header_.width_px = frame.be16(3);
    if (header_.width_px == 0 || header_.height_px == 0) throw_damaged(format_name, "a side has 0 pixels", offset);
    const std::uint32_t components = frame.u8(5);
    header_.channels = components == 1 ? 1 : 3;
    // A progressive file's coefficients are 2 bytes each and all in memory at once.
    if (marker >= sof2) header_.scratch_bytes = std::uint64_t{2} * components * header_.width_px * header_.height_px;
  }

  std::span<const std::byte> bytes_;
  ByteWindow window_;
  ImageHeader header_;
  bool has_exif_ = false;
  int scans_ = 0;
};

}  // namespace

ImageHeader read_jpeg_header(std::span<const std::byte> bytes) { return JpegWalker(bytes).walk(); }

}  // namespace vqi::detail
