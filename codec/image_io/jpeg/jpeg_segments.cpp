// Walks from marker to marker: ISO/IEC 10918-1, annex B, with the application segments that are in use.
#include "jpeg_segments.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <string_view>

#include "byte_window.hpp"
#include "exif.hpp"
#include "image_errors.hpp"
#include "pixel_density.hpp"

namespace vqi::detail {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view format_name = "JPEG";

// Markers: table B.1.
enum Marker : std::uint8_t {
  tem = 0x01,
  sof0 = 0xC0,
  sof2 = 0xC2,
  sof9 = 0xC9,
  sof10 = 0xCA,
  dht = 0xC4,
  jpg = 0xC8,
  dac = 0xCC,
  sof15 = 0xCF,
  rst0 = 0xD0,
  eoi = 0xD9,
  sos = 0xDA,
  app0 = 0xE0,
  app1 = 0xE1,
  app2 = 0xE2,
  app11 = 0xEB,
  app13 = 0xED,
  sof55 = 0xF7,
  com = 0xFE,
};

bool is_frame_header(std::uint8_t marker) {
  return marker >= sof0 && marker <= sof15 && marker != dht && marker != jpg && marker != dac;
}
/// TEM, RST0..7 and SOI have no length.
bool stands_alone(std::uint8_t marker) { return marker == tem || (marker >= rst0 && marker < eoi); }

/// A segment whose content is named as dropped.
struct KnownSegment {
  std::uint8_t marker;
  std::string_view begins;
  std::string_view name;
};

constexpr std::array known_segments{
    KnownSegment{app1, "Exif\0"sv, "EXIF"},
    KnownSegment{app1, "http://ns.adobe.com/xap/1.0/"sv, "XMP"},
    KnownSegment{app1, "http://ns.adobe.com/xmp/extension/"sv, "XMP"},
    KnownSegment{app2, "MPF\0"sv, "further pictures"},
    KnownSegment{app11, "JP"sv, "JUMBF"},
    KnownSegment{app13, "Photoshop 3.0\0"sv, "IPTC"},
    KnownSegment{com, ""sv, "comment"},
};

class SegmentReader {
 public:
  explicit SegmentReader(std::span<const std::byte> bytes) : bytes_(bytes), window_(bytes, format_name) {}

  JpegSegments read() {
    for (std::size_t offset = 2;;) {
      offset = find_marker(offset);
      const std::uint8_t marker = window_.u8(offset + 1);
      offset += 2;
      if (marker == eoi) throw_damaged(format_name, "it has no scan", offset);
      if (stands_alone(marker)) continue;
      const std::uint16_t length = window_.be16(offset);
      if (length < 2) throw_damaged(format_name, "a segment's length is under 2", offset);
      const auto data = window_.at(offset + 2, length - 2U);
      if (marker == sos) {
        finish(offset, ByteWindow(data, format_name));
        return std::move(result_);
      }
      read_segment(marker, offset + 2, data);
      offset += length;
    }
  }

 private:
  /// The next FF that begins a marker, at or after `offset`: not fill (FF FF) and not a coded FF (FF 00).
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
    if (is_frame_header(marker)) return read_frame(marker, offset, segment);
    if (marker == sof55) throw_unsupported(format_name, "the coding of JPEG-LS");
    name_dropped(marker, segment);
    if (marker == app0 && segment.has(0, "JFIF\0"sv) && data.size() >= 12) read_jfif_density(segment);
    if (marker == app1 && segment.has(0, "Exif\0"sv) && data.size() > 6 && !has_exif_) {
      has_exif_ = true;
      const Exif exif = read_exif(data.subspan(6));
      result_.orientation = exif.orientation;
      exif_density_ = exif.density;
    }
    if (marker == app2 && segment.has(0, "MPF\0"sv)) result_.has_other_pictures = true;
    if (marker == app2 && segment.has(0, "ICC_PROFILE\0"sv)) add_profile_part(segment);
  }

  void name_dropped(std::uint8_t marker, const ByteWindow& segment) {
    for (const KnownSegment& known : known_segments) {
      if (known.marker != marker || !segment.has(0, known.begins)) continue;
      if (std::find(result_.dropped.begin(), result_.dropped.end(), known.name) == result_.dropped.end())
        result_.dropped.emplace_back(known.name);
    }
  }

  void read_frame(std::uint8_t marker, std::size_t offset, const ByteWindow& frame) {
    if (result_.frame_marker != 0) throw_damaged(format_name, "it has a second frame header", offset);
    const bool is_read = marker <= sof2 || marker == sof9 || marker == sof10;
    if (!is_read) throw_unsupported(format_name, marker % 4 == 3 ? "lossless coding" : "hierarchical coding");
    if (frame.u8(0) != 8) throw_unsupported(format_name, std::to_string(frame.u8(0)) + " bits per sample");
    result_.frame_marker = marker;
    result_.height_px = frame.be16(1);
    result_.width_px = frame.be16(3);
    result_.components = frame.u8(5);
    if (result_.width_px == 0 || result_.components == 0) throw_damaged(format_name, "its frame is empty", offset);
    if (result_.height_px == 0) throw_unsupported(format_name, "a height that follows its pixels");
    if (result_.components == 2 || result_.components > 4)
      throw_unsupported(format_name, std::to_string(result_.components) + " components");
    count_coefficients(frame);
  }

  /// Components are stored in whole MCUs: A.2.4.
  void count_coefficients(const ByteWindow& frame) {
    std::uint32_t most_across = 1;
    std::uint32_t most_down = 1;
    const auto across = [&](std::uint32_t i) { return frame.u8(7 + std::uint64_t{3} * i) / 16U; };
    const auto down = [&](std::uint32_t i) { return frame.u8(7 + std::uint64_t{3} * i) % 16U; };
    for (std::uint32_t i = 0; i < result_.components; ++i) {
      most_across = std::max<std::uint32_t>(most_across, across(i));
      most_down = std::max<std::uint32_t>(most_down, down(i));
    }
    const std::uint64_t mcus = std::uint64_t{(result_.width_px + 8 * most_across - 1) / (8 * most_across)} *
                               ((result_.height_px + 8 * most_down - 1) / (8 * most_down));
    for (std::uint32_t i = 0; i < result_.components; ++i) result_.coefficients += 64 * mcus * across(i) * down(i);
  }

  /// JFIF 1.02: units 0 aspect ratio, 1 per inch, 2 per centimetre.
  void read_jfif_density(const ByteWindow& segment) {
    const std::uint8_t unit = segment.u8(7);
    const std::uint32_t x = segment.be16(8);
    const std::uint32_t y = segment.be16(10);
    if (x == 0 || y == 0 || unit > 2 || (unit == 0 && x == y)) return;
    if (unit == 0) result_.density = PixelDensity{x, y, 0};
    if (unit == 1) result_.density = PixelDensity{per_metre_from_inch(x), per_metre_from_inch(y), 1};
    if (unit == 2) result_.density = PixelDensity{100 * x, 100 * y, 1};
  }

  /// ICC.1, B.4: parts are numbered from 1, and each tells how many there are.
  void add_profile_part(const ByteWindow& segment) {
    constexpr std::size_t head_bytes = 14;
    if (segment.size() < head_bytes) {
      result_.has_damaged_profile = true;
      return;
    }
    profile_parts_ = segment.u8(13);
    if (!parts_.try_emplace(segment.u8(12), segment.at(head_bytes, segment.size() - head_bytes)).second)
      result_.has_damaged_profile = true;
  }

  void finish(std::size_t offset, const ByteWindow& scan) {
    if (result_.frame_marker == 0) throw_damaged(format_name, "it has no frame header", offset);
    result_.has_several_scans =
        result_.frame_marker == sof2 || result_.frame_marker == sof10 || scan.u8(0) < result_.components;
    if (!result_.density) result_.density = exif_density_;
    const bool is_whole = parts_.size() == profile_parts_ &&
                          (parts_.empty() || (parts_.begin()->first == 1 && parts_.rbegin()->first == profile_parts_));
    if (!is_whole) result_.has_damaged_profile = true;
    if (result_.has_damaged_profile) return;
    for (const auto& [number, part] : parts_)
      result_.icc_profile.insert(result_.icc_profile.end(), part.begin(), part.end());
  }

  std::span<const std::byte> bytes_;
  ByteWindow window_;
  JpegSegments result_;
  bool has_exif_ = false;
  std::optional<PixelDensity> exif_density_;
  std::map<std::uint8_t, std::span<const std::byte>> parts_;  // of the ICC profile, by number
  std::size_t profile_parts_ = 0;
};

}  // namespace

JpegSegments read_jpeg_segments(std::span<const std::byte> bytes) { return SegmentReader(bytes).read(); }

}  // namespace vqi::detail
