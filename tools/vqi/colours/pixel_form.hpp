// PixelForm: what one colour is in raw bytes and in C arrays, for displays and programs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "palette.hpp"

namespace vqi::tool {

enum class PixelForm {
  rgb888,    ///< three bytes: red, green, blue
  rgba8888,  ///< four bytes: red, green, blue, alpha, not premultiplied
  bgra8888,  ///< four bytes: blue, green, red, alpha; the ARGB8888 of little-endian machines, as LVGL has it
  rgb565,    ///< a 16-bit number: red in the upper 5 bits, then 6 of green and 5 of blue; in bytes little-endian
  rgb565be,  ///< the same as two bytes, the upper one first, as displays on a serial bus take it
  bgr555,    ///< a 16-bit number: red in the lower 5 bits, then 5 of green and 5 of blue; the Game Boy Advance
};

[[nodiscard]] std::string_view pixel_form_name(PixelForm form) noexcept;
/// The value of --palette-format. Throws Error{invalid_option}.
[[nodiscard]] PixelForm parse_pixel_form(const std::string& text);

/// RGB888, or RGBA8888 if a colour is not opaque.
[[nodiscard]] PixelForm usual_pixel_form(bool has_alpha) noexcept;
[[nodiscard]] bool holds_alpha(PixelForm form) noexcept;
[[nodiscard]] std::size_t pixel_bytes(PixelForm form) noexcept;

// The colours have 8 bits a sample.

/// The number that a form of 16 bits is, each sample rounded to the nearest.
[[nodiscard]] std::uint16_t packed_pixel(const Rgba& rgba, PixelForm form) noexcept;
void append_pixel(std::vector<std::byte>& bytes, const Rgba& rgba, PixelForm form);

/// What an array of such colours is in C: "uint16_t" and "", or "uint8_t" and "[3]".
struct CPixelType {
  std::string_view element;
  std::string_view samples;
  std::string_view comment;  ///< what the samples mean
};
[[nodiscard]] CPixelType c_pixel_type(PixelForm form) noexcept;
/// A colour as it stands between the braces of an array: "0xfc00" or "{0xff, 0x80, 0x00}".
[[nodiscard]] std::string c_pixel(const Rgba& rgba, PixelForm form);

/// `value` with so many hexadecimal digits after "0x".
void append_hex(std::string& text, std::uint32_t value, std::uint32_t digits);

}  // namespace vqi::tool
