// Numbers after the colours are big-endian; 0xFFFF stands for no transparent colour, and for 256 colours a count of 0.
#include "act_palette.hpp"

#include <algorithm>
#include <string>

#include "vqi/error.hpp"

namespace vqi::tool {
namespace {

constexpr std::size_t count_offset = 768;
constexpr std::size_t transparent_offset = 770;
constexpr std::uint32_t no_colour = 0xFFFF;

std::uint32_t number_at(std::span<const std::byte> file, std::size_t offset) {
  return std::to_integer<std::uint32_t>(file[offset]) << 8 | std::to_integer<std::uint32_t>(file[offset + 1]);
}

[[noreturn]] void refuse(const std::string& what, std::size_t offset) {
  throw Error(ErrorCode::corrupt_palette, what + " (at byte " + std::to_string(offset) + ")", offset);
}

}  // namespace

Palette read_act_palette(std::span<const std::byte> file) {
  if (file.size() != act_bytes_short && file.size() != act_bytes_long)
    refuse("an .act file has 768 or 772 bytes, not " + std::to_string(file.size()),
           std::min(file.size(), act_bytes_long));
  std::uint32_t count = act_colours_max;
  std::uint32_t transparent = no_colour;
  if (file.size() == act_bytes_long) {
    count = number_at(file, count_offset);
    transparent = number_at(file, transparent_offset);
    if (count == 0) count = act_colours_max;
    if (count > act_colours_max) refuse("the number of colours is " + std::to_string(count) + ", not 1 to 256", 768);
    if (transparent != no_colour && transparent >= count)
      refuse("the transparent colour is number " + std::to_string(transparent) + " of " + std::to_string(count),
             transparent_offset);
  }
  Palette palette;
  palette.colours.resize(count);
  for (std::size_t k = 0; k < count; ++k) {
    Rgba& rgba = palette.colours[k].rgba;
    for (std::size_t i = 0; i < 3; ++i) rgba[i] = std::to_integer<std::uint16_t>(file[3 * k + i]);
    rgba[3] = k == transparent ? 0 : 255;
  }
  return palette;
}

std::vector<std::byte> write_act_palette(const Palette& palette) {
  std::vector<std::byte> file(act_bytes_long);
  std::uint32_t transparent = no_colour;
  for (std::size_t k = 0; k < palette.colours.size(); ++k) {
    const Rgba& rgba = palette.colours[k].rgba;
    for (std::size_t i = 0; i < 3; ++i) file[3 * k + i] = static_cast<std::byte>(rgba[i]);
    if (rgba[3] == 0 && transparent == no_colour) transparent = static_cast<std::uint32_t>(k);
  }
  if (palette.colours.size() == act_colours_max && transparent == no_colour) {
    file.resize(act_bytes_short);  // the only length that GIMP reads
    return file;
  }
  const auto put = [&](std::size_t offset, std::size_t number) {
    file[offset] = static_cast<std::byte>(number >> 8);
    file[offset + 1] = static_cast<std::byte>(number);
  };
  put(count_offset, palette.colours.size());
  put(transparent_offset, transparent);
  return file;
}

}  // namespace vqi::tool
