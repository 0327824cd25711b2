// What takes the place of cairo_canvas.cpp in a program that is built without cairo.
#include "cairo_canvas.hpp"
#include "vqi/error.hpp"

namespace vqi::tool {

void require_drawing() {
  throw Error(ErrorCode::invalid_option,
              "--plot needs cairo, which this vqi was built without, install libcairo2-dev and build it again");
}

TextMeasure cairo_text_measure() {
  require_drawing();
  return {};
}

std::vector<std::byte> picture_bytes(const Drawing& /*drawing*/, PictureFormat /*format*/) {
  require_drawing();
  return {};
}

}  // namespace vqi::tool
