// draw_swatches: a picture of a palette, a rounded tile with its digits for each colour.
#pragma once

#include "palette.hpp"
#include "vqi/image.hpp"

namespace vqi::tool {

/// An RGB picture of 8 bits. Up to 256 colours have tiles with their digits below: up to 64 large ones in rows of 8,
/// else smaller ones in rows of 16. More colours have small tiles side by side, in a square. Behind colours that are
/// not opaque is a chequerboard. `palette` has 8 bits.
[[nodiscard]] Image draw_swatches(const Palette& palette);

}  // namespace vqi::tool
