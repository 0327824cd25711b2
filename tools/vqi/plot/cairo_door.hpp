// The interface to cairo, in types that need no cairo header: measures text and paints drawings into picture files.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "drawing.hpp"

namespace vqi::tool {

enum class PictureFormat { svg, png };

/// The functions of the cairo plug-in. Texts must be valid UTF-8. Throws std::bad_alloc if memory is short.
struct CairoPainter {
  /// The width of a text in points at font size `size`; 0 if cairo fails.
  double (*text_width)(const std::string& text, double size, bool bold);
  /// Appends a picture file to `bytes`. Returns an empty string, or cairo's message if it fails.
  std::string (*draw)(const Drawing& drawing, PictureFormat format, std::vector<std::byte>& bytes);
};

/// The plug-in's function table. The tool finds this function by name, so the name holds the version of the table.
extern "C" const CairoPainter* vqi_cairo_painter_1() noexcept;

/// The function table for the tool, loaded at the first call. Throws Error{io_failed} if cairo cannot be loaded.
[[nodiscard]] const CairoPainter& cairo_painter();

}  // namespace vqi::tool
