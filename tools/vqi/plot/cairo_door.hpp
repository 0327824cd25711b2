// The one door to cairo: drawings to picture files, in types that need no cairo header.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "drawing.hpp"

namespace vqi::tool {

enum class PictureFormat { svg, png };

/// What cairo is needed for. Texts must be valid UTF-8. Lack of memory is std::bad_alloc.
struct CairoPainter {
  /// The width of a text as it is drawn.
  double (*text_width)(const std::string& text, double size, bool bold);
  /// Appends a picture file to `bytes`. Returns nothing, or what cairo says where it fails.
  std::string (*draw)(const Drawing& drawing, PictureFormat format, std::vector<std::byte>& bytes);
};

/// cairo's side of the door. Its name carries the version of the table, because the tool asks a
/// plug-in for it by name.
extern "C" const CairoPainter* vqi_cairo_painter_1() noexcept;

/// Our side: the table, loaded when it is first asked for. Throws Error{io_failed} where it cannot be.
[[nodiscard]] const CairoPainter& cairo_painter();

}  // namespace vqi::tool
