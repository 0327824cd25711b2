// NetpbmHeader: the header of a PBM, PGM, PPM or PAM picture, and a scanner for its words and numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "byte_window.hpp"

namespace vqi::detail {

struct NetpbmHeader {
  std::string_view format;      ///< "PNM" or "PAM"
  std::uint32_t width_px = 0;   ///< 1..2^31 - 1
  std::uint32_t height_px = 0;  ///< 1..2^31 - 1
  std::uint32_t channels = 1;   ///< 1..4, as in an Image
  std::uint32_t max_value = 1;  ///< the sample for white, 1..65535
  bool is_plain = false;        ///< samples are decimal text
  bool is_bitmap = false;       ///< PBM: 1 is black, and a raw sample takes one bit
  std::uint64_t raster_offset = 0;

  /// Of a raw row in the file.
  [[nodiscard]] std::uint64_t row_bytes() const noexcept {
    if (is_bitmap) return (std::uint64_t{width_px} + 7) / 8;
    return std::uint64_t{width_px} * channels * (max_value > 255 ? 2 : 1);
  }
};

/// "PNM" or "PAM", by the magic of a file.
[[nodiscard]] std::string_view netpbm_format(std::span<const std::byte> bytes) noexcept;

/// White space by the manual pages.
[[nodiscard]] constexpr bool is_netpbm_space(std::uint8_t letter) noexcept {
  return letter == ' ' || (letter >= '\t' && letter <= '\r');
}

/// Reads words and numbers of Netpbm text, where `#` begins a comment up to the end of its line.
class NetpbmScanner {
 public:
  NetpbmScanner(const ByteWindow& window, std::uint64_t offset) : window_(window), offset_(offset) {}

  /// The next number, with the one character that ends it; throws Error{corrupt_image} where there is none or it is
  /// over 2^31 - 1. The end of the file ends a number as well.
  [[nodiscard]] std::uint32_t number();
  /// The next `0` or `1`, which nothing needs to end.
  [[nodiscard]] bool bit();
  /// Skips spaces and comments.
  void skip_space();
  [[nodiscard]] std::uint64_t offset() const noexcept { return offset_; }

 private:
  const ByteWindow& window_;
  std::uint64_t offset_;
};

/// True if a picture begins at `offset`: P1 to P6 with a space or comment behind it, or P7 with a line end.
[[nodiscard]] bool is_netpbm_magic(const ByteWindow& window, std::uint64_t offset) noexcept;

/// The header of the picture that begins at `offset`, where `is_netpbm_magic`. Throws Error{corrupt_image}, and
/// Error{not_an_image} for a PAM whose tuples are not known.
[[nodiscard]] NetpbmHeader read_netpbm_header(const ByteWindow& window, std::uint64_t offset);

}  // namespace vqi::detail
