// CIELab colours to sRGB.
#pragma once

#include <array>
#include <cstdint>

namespace vqi::detail {

/// Lab relative to D50: L* 0..100, a*, b*.
struct LabColour {
  double lightness = 0;
  double a = 0;
  double b = 0;
};

/// The sRGB colour that looks like it under D65 (Bradford's adaptation), cut to the gamut: 0 to `full` each, rounded.
[[nodiscard]] std::array<std::uint32_t, 3> srgb_from_lab(const LabColour& lab, std::uint32_t full) noexcept;

}  // namespace vqi::detail
