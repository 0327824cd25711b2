// Most formats have a signature; of TGA, SVG and ISO media files more must be looked at.
#include "unread_formats.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "byte_window.hpp"

namespace vqi::detail {
namespace {

using namespace std::string_view_literals;

struct NamedSignature {
  std::uint64_t offset;
  std::string_view bytes;
  std::string_view name;
};

constexpr std::array signatures{
    NamedSignature{0, "\0\0\0\x0CJXL \r\n\x87\n"sv, "JPEG XL image"},
    NamedSignature{0, "\xFF\x0A"sv, "JPEG XL image"},
    NamedSignature{0, "II\xBC\x01"sv, "JPEG XR image"},
    NamedSignature{0, "II\xBC\0"sv, "JPEG XR image"},
    NamedSignature{0, "\x97JB2\r\n\x1A\n"sv, "JBIG2 image"},
    NamedSignature{0, "qoif"sv, "QOI image"},
    NamedSignature{0, "8BPS\0\x01"sv, "PSD image"},
    NamedSignature{0, "8BPS\0\x02"sv, "PSB image"},
    NamedSignature{0, "gimp xcf"sv, "XCF image"},
    NamedSignature{0, "%PDF-"sv, "PDF document"},
    NamedSignature{0, "%!PS"sv, "PostScript document"},
    NamedSignature{0, "\xC5\xD0\xD3\xC6"sv, "EPS image"},
    NamedSignature{0, "icns"sv, "ICNS icon"},
    NamedSignature{0, "DDS "sv, "DDS texture"},
    NamedSignature{0, "\xABKTX "sv, "KTX texture"},
    NamedSignature{0, "\x76\x2F\x31\x01"sv, "OpenEXR image"},
    NamedSignature{0, "#?RADIANCE"sv, "Radiance HDR image"},
    NamedSignature{0, "#?RGBE"sv, "Radiance HDR image"},
    NamedSignature{0, "PF\n"sv, "PFM image"},
    NamedSignature{0, "Pf\n"sv, "PFM image"},
    NamedSignature{0, "P7 332"sv, "XV thumbnail"},
    NamedSignature{0, "AT&TFORM"sv, "DjVu document"},
    NamedSignature{0, "\xD7\xCD\xC6\x9A"sv, "WMF image"},
    NamedSignature{0, "\x01\0\x09\0\0\x03"sv, "WMF image"},
    NamedSignature{0, "\x02\0\x09\0\0\x03"sv, "WMF image"},
    NamedSignature{40, " EMF"sv, "EMF image"},
    NamedSignature{0, "\x8AMNG\r\n\x1A\n"sv, "MNG animation"},
    NamedSignature{0, "\x8BJNG\r\n\x1A\n"sv, "JNG image"},
    NamedSignature{0, "FLIF"sv, "FLIF image"},
    NamedSignature{0, "BPG\xFB"sv, "BPG image"},
    NamedSignature{0, "SIMPLE  ="sv, "FITS image"},
    NamedSignature{0, "SDPX"sv, "DPX image"},
    NamedSignature{0, "XPDS"sv, "DPX image"},
    NamedSignature{0, "\x80\x2A\x5F\xD7"sv, "Cineon image"},
    NamedSignature{128, "DICM"sv, "DICOM image"},
    NamedSignature{0, "/* XPM */"sv, "XPM image"},
    NamedSignature{0, "farbfeld"sv, "farbfeld image"},
    NamedSignature{0, "\x93NUMPY"sv, "NumPy array"},
    NamedSignature{0, "IIRO"sv, "Olympus raw image"},
    NamedSignature{0, "IIRS"sv, "Olympus raw image"},
    NamedSignature{0, "MMOR"sv, "Olympus raw image"},
    NamedSignature{0, "IIU\0"sv, "Panasonic raw image"},
    NamedSignature{0, "FUJIFILMCCD-RAW"sv, "Fujifilm raw image"},
    NamedSignature{0, "FOVb"sv, "Sigma raw image"},
    NamedSignature{0, "\0MRM"sv, "Minolta raw image"},
    NamedSignature{6, "HEAPCCDR"sv, "Canon raw image"},
    NamedSignature{0, "\x01\xDA\0\x01"sv, "SGI image"},
    NamedSignature{0, "\x01\xDA\x01\x01"sv, "SGI image"},
    NamedSignature{0, "\x1A\x45\xDF\xA3"sv, "Matroska or WebM video"},
    NamedSignature{8, "AVI "sv, "AVI video"},
};

/// Brands of ISO base media files (ISO/IEC 14496-12), in the order in which they decide.
constexpr std::array brands{
    NamedSignature{0, "avif"sv, "AVIF image"},      NamedSignature{0, "avis"sv, "AVIF image"},
    NamedSignature{0, "heic"sv, "HEIC image"},      NamedSignature{0, "heix"sv, "HEIC image"},
    NamedSignature{0, "heim"sv, "HEIC image"},      NamedSignature{0, "heis"sv, "HEIC image"},
    NamedSignature{0, "hevc"sv, "HEIC image"},      NamedSignature{0, "hevx"sv, "HEIC image"},
    NamedSignature{0, "jxl "sv, "JPEG XL image"},   NamedSignature{0, "crx "sv, "CR3 raw image"},
    NamedSignature{0, "mif1"sv, "HEIF image"},      NamedSignature{0, "msf1"sv, "HEIF image"},
    NamedSignature{0, "qt  "sv, "QuickTime movie"},
};

std::string_view iso_media(const ByteWindow& window) {
  if (window.size() < 12) return {};
  for (const std::string_view box : {"moov"sv, "mdat"sv, "wide"sv})
    if (window.has(4, box)) return "QuickTime movie";
  if (!window.has(4, "ftyp")) return {};
  constexpr std::uint64_t most_brands_end = 256;
  const std::uint64_t end = std::min({std::uint64_t{window.be32(0)}, most_brands_end, std::uint64_t{window.size()}});
  for (const NamedSignature& brand : brands) {
    if (window.has(8, brand.bytes)) return brand.name;
    // A still picture of whatever coding names itself mif1 first.
    if (!window.has(8, "mif1") && !window.has(8, "msf1")) continue;
    for (std::uint64_t at = 16; at + 4 <= end; at += 4)
      if (window.has(at, brand.bytes)) return brand.name;
  }
  return "MP4 video";
}

/// An icon or cursor directory: two kinds in use, and at least one entry whose reserved byte is 0.
std::string_view icon(const ByteWindow& window) {
  if (window.size() < 22 || window.le16(0) != 0 || window.le16(4) == 0 || window.u8(9) != 0) return {};
  if (window.le16(2) == 1) return "ICO icon";
  return window.le16(2) == 2 ? "CUR cursor" : "";
}

/// Source in C that begins with the define of a width; comments may come before it.
std::string_view xbm(std::span<const std::byte> bytes) {
  constexpr std::size_t looked_at = 1024;
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), std::min(bytes.size(), looked_at));
  const std::size_t define = text.find("#define ");
  if (define == text.npos || (define > 0 && !text.starts_with("/*"))) return {};
  const std::string_view line = text.substr(define, text.find('\n', define) - define);
  return line.find("_width ") != line.npos && text.find("_height ") != text.npos ? "XBM image" : "";
}

std::string_view pcx(const ByteWindow& window) {
  if (window.size() < 128 || window.u8(0) != 10 || window.u8(1) > 5 || window.u8(2) != 1) return {};
  const std::uint32_t bits = window.u8(3);
  return bits == 1 || bits == 2 || bits == 4 || bits == 8 ? "PCX image" : "";
}

std::string_view amiga(const ByteWindow& window) {
  if (!window.has(0, "FORM")) return {};
  return window.has(8, "ILBM") || window.has(8, "PBM ") ? "ILBM image" : "";
}

bool has_true_colours(std::uint32_t bits) { return bits == 15 || bits == 16 || bits == 24 || bits == 32; }

/// TGA 2.0 has a footer; all of it has a header of which few values are in use.
std::string_view tga(const ByteWindow& window) {
  constexpr std::string_view name = "TGA image";
  if (window.size() >= 26 && window.has(window.size() - 18, "TRUEVISION-XFILE")) return name;
  if (window.size() <= 18) return {};
  const std::uint32_t map = window.u8(1);
  const std::uint32_t kind = window.u8(2) & ~8U;  // 8: run lengths
  const std::uint32_t bits = window.u8(16);
  const bool has_size = window.le16(12) != 0 && window.le16(14) != 0 && (window.u8(17) & 0xC0) == 0;
  if (!has_size || map > 1 || kind < 1 || kind > 3 || window.u8(2) > 11) return {};
  if (kind == 1) return map == 1 && bits == 8 && has_true_colours(window.u8(7)) ? name : "";
  if (map == 0 && window.le32(3) != 0) return {};
  if (kind == 2) return has_true_colours(bits) ? name : "";
  return bits == 8 || bits == 16 ? name : "";
}

/// A tag `<svg` in the first kilobytes of XML.
std::string_view svg(std::span<const std::byte> bytes) {
  constexpr std::size_t looked_at = 4096;
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), std::min(bytes.size(), looked_at));
  const std::size_t begin = text.find_first_not_of("\xEF\xBB\xBF \t\r\n");
  if (begin == text.npos || text[begin] != '<') return {};
  const std::size_t tag = text.find("<svg", begin);
  if (tag == text.npos || tag + 4 >= text.size()) return {};
  return std::string_view(" \t\r\n>/").find(text[tag + 4]) != text.npos ? "SVG drawing" : "";
}

}  // namespace

std::string_view unread_format(std::span<const std::byte> bytes) noexcept {
  const ByteWindow window(bytes, "image");
  for (const NamedSignature& signature : signatures)
    if (window.has(signature.offset, signature.bytes)) return signature.name;
  for (const auto& look : {iso_media, icon, pcx, amiga})
    if (const std::string_view name = look(window); !name.empty()) return name;
  for (const auto& look : {svg, xbm})
    if (const std::string_view name = look(bytes); !name.empty()) return name;
  return tga(window);
}

}  // namespace vqi::detail
