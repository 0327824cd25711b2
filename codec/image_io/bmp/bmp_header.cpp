// Headers by Microsoft's BITMAPINFOHEADER to BITMAPV5HEADER and IBM's OS/2 bitmaps 1.x and 2.x.
#include "bmp_header.hpp"

#include <algorithm>
#include <bit>
#include <string>

#include "byte_window.hpp"
#include "image_errors.hpp"

namespace vqi::detail {
namespace {

constexpr std::uint32_t file_header_bytes = 14;
constexpr std::uint32_t core_bytes = 12;
constexpr std::uint32_t windows3_bytes = 40;
constexpr std::uint32_t rgb_masks_bytes = 52;
constexpr std::uint32_t rgba_masks_bytes = 56;
constexpr std::uint32_t os2_bytes_max = 64;
constexpr std::uint32_t version4_bytes = 108;
constexpr std::uint32_t version5_bytes = 124;
constexpr std::uint32_t most_info_bytes = 256;  // longer ones are no BMP
constexpr std::uint32_t most_side_px = 0x7FFFFFFF;

constexpr std::array<std::uint32_t, 4> masks_555{0x7C00, 0x03E0, 0x001F, 0};
constexpr std::array<std::uint32_t, 4> masks_888{0xFF0000, 0x00FF00, 0x0000FF, 0};

bool is_array(const ByteWindow& window, std::uint64_t offset) noexcept { return window.has(offset, "BA"); }

bool is_windows(std::uint32_t info_bytes) {
  return info_bytes == windows3_bytes || info_bytes == rgb_masks_bytes || info_bytes == rgba_masks_bytes ||
         info_bytes == version4_bytes || info_bytes == version5_bytes;
}

bool is_os2_version2(std::uint32_t info_bytes) {
  return info_bytes >= 16 && info_bytes <= os2_bytes_max && !is_windows(info_bytes);
}

bool is_contiguous(std::uint32_t mask) {
  return mask == 0 || std::has_single_bit((std::uint64_t{mask} >> std::countr_zero(mask)) + 1);
}

/// Reads one picture's headers; fields that a short header ends before are 0.
class HeaderReader {
 public:
  HeaderReader(const ByteWindow& window, std::uint64_t offset) : window_(window), offset_(offset) {
    header_.info_offset = offset + file_header_bytes;
    header_.info_bytes = window.le32(header_.info_offset);
  }

  BmpHeader read() {
    const std::uint32_t info_bytes = header_.info_bytes;
    if (info_bytes != core_bytes && !is_windows(info_bytes) && !is_os2_version2(info_bytes))
      throw_unsupported("BMP", "a header of " + std::to_string(info_bytes) + " bytes");
    static_cast<void>(window_.at(header_.info_offset, info_bytes));
    read_size();
    const std::uint32_t compression = field32(16);
    header_.pixel_offset = window_.le32(offset_ + 10);
    choose_coding(compression);
    read_masks(compression);
    find_palette();
    if (header_.is_top_down && header_.is_run_length())
      throw_damaged("BMP", "run lengths cannot go with rows from the top", header_.info_offset + 8);
    header_.coded_bytes = field32(20);
    header_.file_bytes = window_.le32(offset_ + 2);
    return header_;
  }

 private:
  [[nodiscard]] std::uint32_t field32(std::uint32_t at) const {
    return at + 4 <= header_.info_bytes ? window_.le32(header_.info_offset + at) : 0;
  }
  [[nodiscard]] std::uint32_t field16(std::uint32_t at) const { return window_.le16(header_.info_offset + at); }

  void read_size() {
    std::uint32_t planes = 0;
    if (header_.info_bytes == core_bytes) {
      header_.width_px = field16(4);
      header_.height_px = field16(6);
      planes = field16(8);
      header_.bits = field16(10);
    } else {
      header_.width_px = field32(4);
      const std::uint32_t height = field32(8);
      header_.is_top_down = height > most_side_px;  // negative
      header_.height_px = header_.is_top_down ? 0U - height : height;
      planes = field16(12);
      header_.bits = field16(14);
    }
    header_.has_wrong_planes = planes != 1;
    if (header_.width_px == 0 || header_.width_px > most_side_px || header_.height_px == 0)
      throw_damaged("BMP", "its size is not valid", header_.info_offset + 4);
  }

  [[noreturn]] void refuse_bits() const {
    throw_damaged("BMP", std::to_string(header_.bits) + " bits per pixel do not go with its compression",
                  header_.info_offset + (header_.info_bytes == core_bytes ? 10 : 14));
  }

  void require_bits(std::uint32_t bits) const {
    if (header_.bits != bits) refuse_bits();
  }

  /// A number may mean one thing in Windows and another in OS/2, which the bits per pixel tell apart.
  void choose_coding(std::uint32_t compression) {
    const std::uint32_t bits = header_.bits;
    switch (compression) {
      case 0:
        return choose_plain_coding();
      case 1:
        header_.coding = BmpCoding::rle8;
        return require_bits(8);
      case 2:
        header_.coding = BmpCoding::rle4;
        return require_bits(4);
      case 3:
        if (bits == 1) throw_unsupported("BMP", "pixels in Huffman coding (OS/2)");
        if (!is_windows(header_.info_bytes)) refuse_bits();
        return choose_mask_coding();
      case 4:
        if (bits == 24 && !window_.has(header_.pixel_offset, "\xFF\xD8")) {
          header_.coding = BmpCoding::rle24;
          return;
        }
        header_.coding = BmpCoding::jpeg;
        return;
      case 5:
        header_.coding = BmpCoding::png;
        return;
      case 6:
        return choose_mask_coding();
      case 11:
      case 12:
      case 13:
        throw_unsupported("BMP", "colours in CMYK");
      default:
        throw_unsupported("BMP", "the unknown compression " + std::to_string(compression));
    }
  }

  void choose_plain_coding() {
    const std::uint32_t bits = header_.bits;
    if (bits == 64) throw_unsupported("BMP", "64 bits per pixel");
    if (bits == 24) {
      header_.coding = BmpCoding::rgb24;
    } else if ((bits == 16 || bits == 32) && header_.info_bytes != core_bytes) {
      header_.coding = BmpCoding::masks;
    } else if (bits != 1 && bits != 2 && bits != 4 && bits != 8) {
      refuse_bits();
    }
  }

  void choose_mask_coding() {
    header_.coding = BmpCoding::masks;
    if (header_.bits != 16 && header_.bits != 32) refuse_bits();
  }

  void read_masks(std::uint32_t compression) {
    if (header_.coding != BmpCoding::masks) return;
    const bool has_rgba = header_.info_bytes >= rgba_masks_bytes && is_windows(header_.info_bytes);
    if (compression == 0) {
      header_.masks = header_.bits == 16 ? masks_555 : masks_888;
      const std::uint32_t alpha = has_rgba ? field32(rgb_masks_bytes) : 0;
      const bool is_apart = (alpha & (header_.masks[0] | header_.masks[1] | header_.masks[2])) == 0;
      header_.masks[3] = is_apart ? alpha : 0;
      header_.has_doubtful_alpha = header_.masks[3] != 0;
    } else {
      // In or behind the header, they are at the same place.
      const std::size_t count = has_rgba || compression == 6 ? 4 : 3;
      for (std::size_t i = 0; i < count; ++i)
        header_.masks[i] = window_.le32(header_.info_offset + windows3_bytes + 4 * i);
    }
    const std::uint32_t pixel = header_.bits == 16 ? 0xFFFFU : 0xFFFFFFFFU;
    for (std::uint32_t& mask : header_.masks) mask &= pixel;
    const std::uint64_t at = header_.info_offset + windows3_bytes;
    if ((header_.masks[0] | header_.masks[1] | header_.masks[2]) == 0)
      throw_damaged("BMP", "its colour masks are empty", at);
    if (!std::all_of(header_.masks.begin(), header_.masks.end(), is_contiguous))
      throw_damaged("BMP", "a colour mask has gaps", at);
    std::uint32_t seen = 0;
    for (const std::uint32_t mask : header_.masks) {
      if ((seen & mask) != 0) throw_damaged("BMP", "its colour masks overlap", at);
      seen |= mask;
    }
  }

  /// Entries stop where the pixels begin, whatever their number is said to be.
  void find_palette() {
    const std::uint32_t compression = field32(16);
    std::uint32_t masks_bytes = 0;
    if (header_.info_bytes == windows3_bytes && header_.coding == BmpCoding::masks && compression != 0)
      masks_bytes = compression == 6 ? 16 : 12;
    header_.palette_offset = header_.info_offset + header_.info_bytes + masks_bytes;
    header_.entry_bytes = header_.info_bytes == core_bytes ? 3 : 4;
    const bool has_palette = !header_.is_embedded() && header_.bits <= 8;
    const std::uint64_t most = has_palette ? std::uint64_t{1} << header_.bits : 0;
    const std::uint64_t used = field32(32) == 0 ? most : field32(32);
    if (header_.pixel_offset == 0) header_.pixel_offset = header_.palette_offset + used * header_.entry_bytes;
    if (header_.pixel_offset < header_.palette_offset)
      throw_damaged("BMP", "its pixels lie inside its headers", offset_ + 10);
    const std::uint64_t room = header_.pixel_offset - header_.palette_offset;
    const std::uint64_t entries = std::min(used, most);
    // Some programs of OS/2 2.x wrote the entries of 1.x.
    if (is_os2_version2(header_.info_bytes) && room < 4 * entries && room == 3 * entries) header_.entry_bytes = 3;
    header_.palette_entries = static_cast<std::uint32_t>(std::min(entries, room / header_.entry_bytes));
    if (has_palette && header_.palette_entries == 0) throw_damaged("BMP", "its palette is missing", offset_ + 10);
  }

  const ByteWindow& window_;
  std::uint64_t offset_;
  BmpHeader header_;
};

}  // namespace

bool has_bmp_magic(const ByteWindow& window) noexcept {
  const auto has_picture = [&](std::uint64_t offset) {
    return window.has(offset, "BM") && window.size() >= offset + 18 && window.le32(offset + 14) >= core_bytes &&
           window.le32(offset + 14) <= most_info_bytes;
  };
  if (has_picture(0)) return true;
  return is_array(window, 0) && has_picture(file_header_bytes);
}

BmpPictures find_bmp_picture(const ByteWindow& window, std::uint32_t page) {
  BmpPictures pictures;
  if (!is_array(window, 0)) {
    if (page == 1) pictures.offset = 0;
    return pictures;
  }
  pictures.count = 0;
  std::uint64_t entry = 0;
  while (is_array(window, entry) && window.has(entry + file_header_bytes, "BM")) {
    if (++pictures.count == page) pictures.offset = entry + file_header_bytes;
    const std::uint32_t next = window.le32(entry + 6);
    if (next <= entry) break;
    entry = next;
  }
  return pictures;
}

bool is_bmp_array(const ByteWindow& window) noexcept { return is_array(window, 0); }

BmpHeader read_bmp_headers(const ByteWindow& window, std::uint64_t offset) {
  return HeaderReader(window, offset).read();
}

}  // namespace vqi::detail
