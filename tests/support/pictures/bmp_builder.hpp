// BmpBuilder: builds small BMP files field by field, right or wrong.
#pragma once

#include <cstdint>
#include <map>
#include <optional>

#include "byte_tools.hpp"

namespace vqi::testing {

struct BmpBuilder {
  std::uint32_t info_bytes = 40;  ///< 12: the header of OS/2 1.x
  std::int32_t width_px = 1;
  std::int32_t height_px = 1;
  std::uint32_t bits = 24;
  std::uint32_t compression = 0;
  std::uint32_t planes = 1;
  std::uint32_t colours_used = 0;
  std::map<std::uint32_t, std::uint32_t> fields{};  ///< more of the header, by their offset in it
  Bytes behind_header{};                            ///< masks, palette and gap
  Bytes pixels{};
  std::optional<std::uint32_t> pixel_offset{};

  [[nodiscard]] Bytes build() const {
    Bytes info;
    append_le(info, info_bytes, 4);
    const int side_bytes = info_bytes == 12 ? 2 : 4;
    append_le(info, static_cast<std::uint32_t>(width_px), side_bytes);
    append_le(info, static_cast<std::uint32_t>(height_px), side_bytes);
    append_le(info, planes, 2);
    append_le(info, bits, 2);
    if (info_bytes > 16) append_le(info, compression, 4);
    if (info_bytes > 32) {
      append_le(info, 0, 12);
      append_le(info, colours_used, 4);
    }
    info.resize(info_bytes);
    for (const auto& [at, value] : fields)
      for (std::uint32_t i = 0; i < 4; ++i) info.at(at + i) = static_cast<std::byte>((value >> (8 * i)) & 0xFF);
    Bytes file = bytes_of("BM");
    append_le(file, 14 + info_bytes + behind_header.size() + pixels.size(), 4);
    append_le(file, 0, 4);
    append_le(file, pixel_offset.value_or(static_cast<std::uint32_t>(14 + info_bytes + behind_header.size())), 4);
    append(file, info);
    append(file, behind_header);
    append(file, pixels);
    return file;
  }
};

/// Bytes by their values.
inline Bytes bytes_from(std::initializer_list<std::uint32_t> values) {
  Bytes bytes;
  for (const std::uint32_t value : values) bytes.push_back(static_cast<std::byte>(value));
  return bytes;
}

/// Little-endian integers of 4 bytes.
inline Bytes words_of(std::initializer_list<std::uint32_t> values) {
  Bytes bytes;
  for (const std::uint32_t value : values) append_le(bytes, value, 4);
  return bytes;
}

/// A palette of red, green, blue and white, in entries of 3 or 4 bytes.
inline Bytes four_colours(int entry_bytes) {
  Bytes palette;
  for (const std::uint32_t colour : {0xFF0000U, 0x00FF00U, 0x0000FFU, 0xFFFFFFU})
    append_le(palette, colour, entry_bytes);
  return palette;
}

}  // namespace vqi::testing
