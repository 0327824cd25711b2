// Writes drawings as SVG and PNG files.
#pragma once

#include <cstddef>
#include <vector>

#include "cairo_door.hpp"
#include "drawing.hpp"

namespace vqi::tool {

/// Measures texts as pictures will show them. Throws Error{io_failed} if cairo cannot be loaded.
[[nodiscard]] TextMeasure picture_text_measure();

/// The bytes of a picture file. An SVG stores letters as outlines, so that it looks the same without the font, and the
/// drawing's title and description as text. A PNG has two pixels per point. Throws std::bad_alloc, and Error{io_failed}
/// if cairo cannot be loaded or fails.
[[nodiscard]] std::vector<std::byte> picture_bytes(const Drawing& drawing, PictureFormat format);

}  // namespace vqi::tool
