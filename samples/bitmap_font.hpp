// A bitmap font of 5x9 dots for the interface sample.
#pragma once

#include <array>
#include <cstdint>

namespace vqi_samples {

constexpr int glyph_rows = 9;  // seven above the baseline, two below
constexpr int glyph_columns = 5;

/// Rows from the top; the leftmost dot is bit 4.
using Glyph = std::array<std::uint8_t, glyph_rows>;

/// The glyph of an ASCII character; the glyph of a space if the font lacks the character.
[[nodiscard]] const Glyph& glyph_of(char character) noexcept;

}  // namespace vqi_samples
