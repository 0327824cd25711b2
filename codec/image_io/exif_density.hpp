// The resolution that an EXIF block gives, as a pixel density.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "vqi/image.hpp"

namespace vqi::detail {

/// The density in an EXIF block (a TIFF structure), if it has one of a known unit; `exif` may be hostile.
[[nodiscard]] std::optional<PixelDensity> read_exif_density(std::span<const std::byte> exif) noexcept;

/// `per_unit` samples per inch as samples per metre, rounded to nearest; 0 where that is not a PNG integer.
[[nodiscard]] std::uint32_t per_metre_from_inch(double per_inch) noexcept;

}  // namespace vqi::detail
