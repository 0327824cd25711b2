// The headers of BMP, PNM, PAM, Sun raster and JPEG 2000 files.
#include <algorithm>
#include <charconv>
#include <cstdlib>

#include "image_header.hpp"

namespace vqi::detail {
namespace {

constexpr std::uint32_t max_netpbm_value = 65535;

/// Reads the words and numbers of a Netpbm header, where `#` begins a comment.
class NetpbmScanner {
 public:
  NetpbmScanner(const ByteWindow& window, std::size_t offset) : window_(window), offset_(offset) {}

  /// The next word; throws where the file ends first.
  std::string word() {
    char letter = next();
    while (is_space(letter) || letter == '#') {
      if (letter == '#')
        while (letter != '\n') letter = next();
      letter = next();
    }
    std::string result;
    for (; !is_space(letter); letter = next()) {
      if (result.size() == max_word_length) throw_damaged(window_.format(), "a header word is too long", offset_);
      result.push_back(letter);
    }
    return result;
  }

  std::uint32_t number() {
    const std::string text = word();
    std::uint32_t value = 0;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (status != std::errc{} || end != text.data() + text.size() || value == 0 || value > 0x7FFFFFFF)
      throw_damaged(window_.format(), "a number in its header is not valid", offset_);
    return value;
  }

  /// The offset after the white space that ended the last word.
  [[nodiscard]] std::size_t offset() const noexcept { return offset_; }

 private:
  static constexpr std::size_t max_word_length = 32;

  static bool is_space(char letter) { return letter == ' ' || (letter >= '\t' && letter <= '\r'); }
  char next() { return static_cast<char>(window_.u8(offset_++)); }

  const ByteWindow& window_;
  std::size_t offset_;
};

/// Depth and range that a Netpbm maxval stands for.
void apply_max_value(ImageHeader& header, std::uint32_t max_value, std::size_t offset) {
  if (max_value > max_netpbm_value) throw_damaged(header.format, "its maximum value is over 65535", offset);
  header.bit_depth = max_value > 255 ? 16 : 8;
  if (max_value != 255 && max_value != 65535) header.sample_max = max_value;
}

}  // namespace

ImageHeader read_bmp_header(std::span<const std::byte> bytes) {
  const ByteWindow window(bytes, "BMP");
  ImageHeader header;
  header.format = window.format();
  header.channels = 4;
  constexpr std::uint32_t core_header_bytes = 12;
  constexpr std::uint32_t masks_header_bytes = 56;
  const std::uint32_t header_bytes = window.le32(14);
  if (header_bytes == core_header_bytes) {
    header.width_px = window.le16(18);
    header.height_px = window.le16(20);
  } else {
    header.width_px = window.le32(18);
    const std::uint32_t height = window.le32(22);
    header.height_px = height > 0x7FFFFFFF ? 0U - height : height;  // negative: rows from the top
  }
  if (header.width_px == 0 || header.width_px > 0x7FFFFFFF || header.height_px == 0)
    throw_damaged(header.format, "its size is not valid", 18);
  // Only a header with an alpha mask that is not empty makes the fourth byte alpha.
  if (header_bytes < masks_header_bytes || window.le32(66) == 0) header.alpha = AlphaKind::none;
  return header;
}

ImageHeader read_pnm_header(std::span<const std::byte> bytes) {
  const ByteWindow window(bytes, "PNM");
  ImageHeader header;
  header.format = window.format();
  const std::uint8_t kind = window.u8(1);
  const bool is_bitmap = kind == '1' || kind == '4';
  const bool is_text = kind <= '3';
  header.channels = kind == '3' || kind == '6' ? 3 : 1;
  NetpbmScanner scanner(window, 2);
  header.width_px = scanner.number();
  header.height_px = scanner.number();
  if (is_bitmap) return header;
  apply_max_value(header, scanner.number(), scanner.offset());
  // OpenCV scales samples itself where they are text and end up in 8 bits.
  if (is_text && header.bit_depth == 8) header.sample_max = 0;
  return header;
}

ImageHeader read_pam_header(std::span<const std::byte> bytes) {
  const ByteWindow window(bytes, "PAM");
  ImageHeader header;
  header.format = window.format();
  header.is_rgb_order = true;  // OpenCV copies the samples as they lie in the file
  header.channels = 0;
  std::uint32_t max_value = 0;
  NetpbmScanner scanner(window, 2);
  for (std::string key = scanner.word(); key != "ENDHDR"; key = scanner.word()) {
    if (key == "WIDTH") {
      header.width_px = scanner.number();
    } else if (key == "HEIGHT") {
      header.height_px = scanner.number();
    } else if (key == "DEPTH") {
      header.channels = scanner.number();
    } else if (key == "MAXVAL") {
      max_value = scanner.number();
    } else if (key == "TUPLTYPE") {
      static_cast<void>(scanner.word());
    } else {
      throw_damaged(header.format, "a keyword in its header is unknown", scanner.offset());
    }
  }
  if (header.width_px == 0 || header.height_px == 0 || header.channels == 0 || max_value == 0)
    throw_damaged(header.format, "its header is not complete", scanner.offset());
  if (header.channels > 4) throw_unsupported(header.format, std::to_string(header.channels) + " channels");
  if (max_value == 1) throw_unsupported(header.format, "1 bit per sample");
  apply_max_value(header, max_value, scanner.offset());
  return header;
}

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
