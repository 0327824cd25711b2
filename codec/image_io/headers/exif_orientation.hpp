// The orientation that an EXIF block gives to the picture it comes with.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace vqi::detail {

/// The orientation 1..8 in an EXIF block (a TIFF structure), or 1 if it has none. The bytes may be hostile.
[[nodiscard]] std::uint32_t read_exif_orientation(std::span<const std::byte> exif) noexcept;

}  // namespace vqi::detail
