// A table of the forms; all other knowledge of them follows from the bytes of a pixel.
#include "pixel_form.hpp"

#include <array>

#include "vqi/error.hpp"

namespace vqi::tool {
namespace {

struct FormEntry {
  PixelForm form;
  std::string_view name;
  std::size_t bytes;
  bool alpha;
  CPixelType c;
};

// In the order of the enumerators.
constexpr std::array form_table{
    FormEntry{PixelForm::rgb888, "rgb888", 3, false, {"uint8_t", "[3]", "red, green, blue"}},
    FormEntry{PixelForm::rgba8888, "rgba8888", 4, true, {"uint8_t", "[4]", "red, green, blue, alpha"}},
    FormEntry{PixelForm::bgra8888, "bgra8888", 4, true, {"uint8_t", "[4]", "blue, green, red, alpha"}},
    FormEntry{PixelForm::rgb565, "rgb565", 2, false, {"uint16_t", "", "5 bits of red, 6 of green, 5 of blue"}},
    FormEntry{PixelForm::rgb565be, "rgb565be", 2, false, {"uint8_t", "[2]", "RGB565, the upper byte first"}},
    FormEntry{PixelForm::bgr555, "bgr555", 2, false, {"uint16_t", "", "5 bits of blue, 5 of green, 5 of red"}}};

const FormEntry& entry_of(PixelForm form) noexcept { return form_table[static_cast<std::size_t>(form)]; }

}  // namespace

std::string_view pixel_form_name(PixelForm form) noexcept { return entry_of(form).name; }

PixelForm parse_pixel_form(const std::string& text) {
  std::string names;
  for (const FormEntry& entry : form_table) {
    if (entry.name == text) return entry.form;
    if (!names.empty()) names += entry.form == form_table.back().form ? " or " : ", ";
    names += entry.name;
  }
  throw Error(ErrorCode::invalid_option, "--palette-format \"" + text + "\" is unknown, give " + names);
}

PixelForm usual_pixel_form(bool has_alpha) noexcept { return has_alpha ? PixelForm::rgba8888 : PixelForm::rgb888; }

bool holds_alpha(PixelForm form) noexcept { return entry_of(form).alpha; }

std::size_t pixel_bytes(PixelForm form) noexcept { return entry_of(form).bytes; }

std::uint16_t packed_pixel(const Rgba& rgba, PixelForm form) noexcept {
  const auto bits = [](std::uint32_t sample, std::uint32_t most) { return (sample * most + 127) / 255; };
  if (form == PixelForm::bgr555)
    return static_cast<std::uint16_t>(bits(rgba[2], 31) << 10 | bits(rgba[1], 31) << 5 | bits(rgba[0], 31));
  return static_cast<std::uint16_t>(bits(rgba[0], 31) << 11 | bits(rgba[1], 63) << 5 | bits(rgba[2], 31));
}

void append_pixel(std::vector<std::byte>& bytes, const Rgba& rgba, PixelForm form) {
  const auto put = [&](std::uint32_t value) { bytes.push_back(static_cast<std::byte>(value)); };
  const std::uint32_t packed = packed_pixel(rgba, form);
  switch (form) {
    case PixelForm::rgb888:
    case PixelForm::rgba8888:
      for (std::size_t i = 0; i < entry_of(form).bytes; ++i) put(rgba[i]);
      return;
    case PixelForm::bgra8888:
      for (const std::size_t i : {2U, 1U, 0U, 3U}) put(rgba[i]);
      return;
    case PixelForm::rgb565:
    case PixelForm::bgr555:
      put(packed & 0xFFU);
      put(packed >> 8U);
      return;
    case PixelForm::rgb565be:
      put(packed >> 8U);
      put(packed & 0xFFU);
      return;
  }
}

CPixelType c_pixel_type(PixelForm form) noexcept { return entry_of(form).c; }

std::string c_pixel(const Rgba& rgba, PixelForm form) {
  std::string text;
  if (c_pixel_type(form).samples.empty()) {
    append_hex(text, packed_pixel(rgba, form), 4);
    return text;
  }
  std::vector<std::byte> bytes;
  append_pixel(bytes, rgba, form);
  for (const std::byte byte : bytes) {
    text += text.empty() ? "{" : ", ";
    append_hex(text, std::to_integer<std::uint32_t>(byte), 2);
  }
  return text + "}";
}

void append_hex(std::string& text, std::uint32_t value, std::uint32_t digits) {
  constexpr char symbols[] = "0123456789abcdef";
  text += "0x";
  for (std::uint32_t digit = digits; digit > 0; --digit) text += symbols[value >> (4 * (digit - 1)) & 0xFU];
}

}  // namespace vqi::tool
