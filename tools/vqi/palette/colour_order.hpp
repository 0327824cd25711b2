// sort_palette: the order of a palette's colours by a rule.
#pragma once

#include "palette.hpp"

namespace vqi::tool {

/// none keeps the order of the file.
enum class PaletteOrder { none, use, luma, hue };

/// Sorts colours, with their counts; equal ones keep their order.
///  - use: the most used first; the palette has counts
///  - luma: from dark to light, by Rec. 709 on code values; colours of equal luma by alpha
///  - hue: greys first, from dark to light, then round the colour circle from red; within a 24th of it by luma
void sort_palette(Palette& palette, PaletteOrder order);

}  // namespace vqi::tool
