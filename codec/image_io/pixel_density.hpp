// Densities in the units that image files have, as the samples per metre that an Image has.
#pragma once

#include <cstdint>

namespace vqi::detail {

constexpr double inch_in_metres = 0.0254;
/// PNG's largest integer, which bounds the density of an Image.
constexpr std::uint32_t max_per_metre = 0x7FFFFFFF;

/// Samples per metre, rounded to nearest; 0 where that is 0 or over `max_per_metre`, and for what is not a number.
[[nodiscard]] std::uint32_t per_metre(double value) noexcept;

/// `per_inch` samples per inch as samples per metre, as above.
[[nodiscard]] std::uint32_t per_metre_from_inch(double per_inch) noexcept;

/// The whole number of samples per inch that is read as so many per metre, or 0 if there is none.
[[nodiscard]] std::uint32_t whole_per_inch(std::uint32_t samples_per_metre) noexcept;

}  // namespace vqi::detail
