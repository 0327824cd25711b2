// PixelRegion: a rectangle of an image, as --region names it.
#pragma once

#include <cstdint>
#include <string>

namespace vqi::tool {

struct PixelRegion {
  std::uint32_t x = 0;
  std::uint32_t y = 0;
  std::uint32_t width_px = 1;
  std::uint32_t height_px = 1;
  bool operator==(const PixelRegion&) const = default;
};

/// Of "X,Y,W,H": whole numbers, the last two above 0. Throws Error{invalid_option}.
[[nodiscard]] PixelRegion parse_region(const std::string& text);

}  // namespace vqi::tool
