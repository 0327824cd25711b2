// Formats are recognised by their first bytes, which also choose the function that reads the header.
#include "image_header.hpp"

#include <array>

#include "vqi/error.hpp"

namespace vqi::detail {
namespace {

using namespace std::string_view_literals;

/// A format's first bytes, and what reads its header or else why it is not read.
struct Signature {
  std::string_view magic;
  std::uint32_t offset;
  ImageHeader (*read_header)(std::span<const std::byte>);
  std::string_view unsupported_format;
};

constexpr std::string_view float_formats = "floating-point samples; vqi reads 8- and 16-bit ones";

constexpr std::array signatures{
    Signature{"II\x2A\0"sv, 0, read_tiff_header, {}},
    Signature{"MM\0\x2A"sv, 0, read_tiff_header, {}},
    Signature{"II\x2B\0"sv, 0, read_tiff_header, {}},
    Signature{"MM\0\x2B"sv, 0, read_tiff_header, {}},
    Signature{"WEBP"sv, 8, read_webp_header, {}},
    Signature{"\x59\xA6\x6A\x95"sv, 0, read_sun_raster_header, {}},
    Signature{"\0\0\0\x0CjP  \r\n\x87\n"sv, 0, read_jpeg2000_header, {}},
    Signature{"\xFF\x4F\xFF\x51"sv, 0, read_jpeg2000_header, {}},
    Signature{"\x76\x2F\x31\x01"sv, 0, nullptr, "OpenEXR"},
    Signature{"#?RADIANCE"sv, 0, nullptr, "Radiance HDR"},
    Signature{"#?RGBE"sv, 0, nullptr, "Radiance HDR"},
    Signature{"PF\n"sv, 0, nullptr, "PFM"},
    Signature{"Pf\n"sv, 0, nullptr, "PFM"},
};

/// 'B', 'M' and a plausible length of the header that follows: the letters alone begin many a text.
bool is_bmp(const ByteWindow& window) {
  return window.has(0, "BM") && window.size() >= 18 && window.le32(14) >= 12 && window.le32(14) <= 124;
}

bool is_space(std::uint8_t letter) { return letter == ' ' || (letter >= '\t' && letter <= '\r'); }

constexpr Signature bmp_signature{"BM"sv, 0, read_bmp_header, {}};
constexpr Signature pnm_signature{"P"sv, 0, read_pnm_header, {}};
constexpr Signature pam_signature{"P7"sv, 0, read_pam_header, {}};

/// The signature that the bytes begin with, or null.
const Signature* find_signature(std::span<const std::byte> bytes) {
  const ByteWindow window(bytes, "image");
  for (const Signature& signature : signatures)
    if (window.has(signature.offset, signature.magic)) return &signature;
  if (is_bmp(window)) return &bmp_signature;
  if (bytes.size() < 3 || window.u8(0) != 'P' || !is_space(window.u8(2))) return nullptr;
  if (window.u8(1) >= '1' && window.u8(1) <= '6') return &pnm_signature;
  return window.u8(1) == '7' ? &pam_signature : nullptr;
}

}  // namespace

void throw_unsupported(std::string_view format, const std::string& reason) {
  throw Error(ErrorCode::not_an_image,
              std::string(format) + " file has " + reason + "; convert it to PNG with another program first");
}

void throw_damaged(std::string_view format, const std::string& what, std::uint64_t offset) {
  throw Error(ErrorCode::corrupt_image,
              std::string(format) + " is damaged near byte " + std::to_string(offset) + " (" + what + ")", offset);
}

std::string profile_warning(std::string_view format) {
  return "the " + std::string(format) +
         "'s ICC colour profile is not kept; convert the file to PNG first if its colours depend on it";
}

bool has_image_signature(std::span<const std::byte> bytes) { return find_signature(bytes) != nullptr; }

ImageHeader read_image_header(std::span<const std::byte> bytes) {
  const Signature& signature = *find_signature(bytes);
  if (signature.read_header == nullptr) throw_unsupported(signature.unsupported_format, std::string(float_formats));
  return signature.read_header(bytes);
}

}  // namespace vqi::detail
