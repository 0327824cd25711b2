// BmpHeader: what the headers of a BMP of Windows or OS/2 say of size, coding, palette and masks.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "byte_window.hpp"

namespace vqi::detail {

/// How the pixels of a BMP are coded.
enum class BmpCoding { palette, masks, rgb24, rle4, rle8, rle24, jpeg, png };

/// A BMP's headers. Offsets are from the start of the file, and may lie outside of it.
struct BmpHeader {
  BmpCoding coding = BmpCoding::palette;
  std::uint32_t bits = 0;  ///< of a pixel: 1, 2, 4, 8, 16, 24, 32; of JPEG and PNG what the header says
  std::uint32_t width_px = 0;
  std::uint32_t height_px = 0;
  bool is_top_down = false;
  bool has_wrong_planes = false;
  /// Red, green, blue, alpha, each contiguous or 0; of 16 and 32 bits.
  std::array<std::uint32_t, 4> masks{};
  /// The alpha mask stands in a file that does not say that it uses masks.
  bool has_doubtful_alpha = false;
  std::uint64_t palette_offset = 0;
  std::uint32_t palette_entries = 0;  ///< those that the file has room for, at most 2^bits
  std::uint32_t entry_bytes = 4;      ///< 3 or 4
  std::uint64_t pixel_offset = 0;
  std::uint64_t coded_bytes = 0;  ///< of a JPEG or PNG; 0: up to the end of the file
  std::uint64_t file_bytes = 0;   ///< of the whole file, as its header says, right or wrong
  std::uint64_t info_offset = 0;  ///< of the header behind the file header
  std::uint32_t info_bytes = 0;   ///< its length: 12, 16..64, 108 or 124

  [[nodiscard]] bool has_palette() const noexcept { return bits <= 8 && palette_entries > 0; }
  [[nodiscard]] bool is_run_length() const noexcept {
    return coding == BmpCoding::rle4 || coding == BmpCoding::rle8 || coding == BmpCoding::rle24;
  }
  [[nodiscard]] bool is_embedded() const noexcept { return coding == BmpCoding::jpeg || coding == BmpCoding::png; }
};

/// Where the pictures of the file begin; of an OS/2 bitmap array there may be several.
struct BmpPictures {
  std::uint64_t count = 1;              ///< as far as the list goes on in the file
  std::optional<std::uint64_t> offset;  ///< of the picture that was asked for
};

/// True if the bytes begin as a BMP or an array of BMPs does.
[[nodiscard]] bool has_bmp_magic(const ByteWindow& window) noexcept;

/// The pictures of a file that `has_bmp_magic`, and where number `page` is.
[[nodiscard]] BmpPictures find_bmp_picture(const ByteWindow& window, std::uint32_t page);

/// True if the file is an OS/2 array of bitmaps.
[[nodiscard]] bool is_bmp_array(const ByteWindow& window) noexcept;

/// The headers of the picture whose file header is at `offset`. Throws Error{corrupt_image}, and Error{not_an_image}
/// for kinds that are not read.
[[nodiscard]] BmpHeader read_bmp_headers(const ByteWindow& window, std::uint64_t offset);

}  // namespace vqi::detail
