// Drawings as SVG and PNG files, through cairo.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "drawing.hpp"

namespace vqi::tool {

enum class PictureFormat { svg, png };

/// Throws Error{invalid_option} if this program was built without cairo; otherwise does nothing.
void require_drawing();

/// How wide cairo draws a text. Text must be valid UTF-8.
[[nodiscard]] TextMeasure cairo_text_measure();

/// The bytes of a picture file. An SVG holds letters as outlines, so that it looks the same where
/// the font is missing, and the drawing's title and description as text. A PNG has two pixels a
/// point. Throws std::bad_alloc, and Error{io_failed} where cairo fails otherwise.
[[nodiscard]] std::vector<std::byte> picture_bytes(const Drawing& drawing, PictureFormat format);

}  // namespace vqi::tool
