// What an EXIF block says of the picture that it comes with: its orientation and its density.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "vqi/image.hpp"

namespace vqi::detail {

struct Exif {
  std::uint32_t orientation = 1;        ///< 1..8
  std::optional<PixelDensity> density;  ///< if it has one of a known unit
};

/// Reads a block (a TIFF structure), behind JPEG's prefix "Exif" or not. The bytes may be hostile: what is damaged or
/// not valid is left as it is by default.
[[nodiscard]] Exif read_exif(std::span<const std::byte> block) noexcept;

}  // namespace vqi::detail
