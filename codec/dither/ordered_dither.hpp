// order_dither: dithering by a tile of thresholds, which is the same for a colour at a place in every image.
#pragma once

#include <cstdint>
#include <span>

#include "dither_palette.hpp"
#include "threshold_tile.hpp"
#include "vqi/image.hpp"
#include "work.hpp"

namespace vqi::detail {

/// Chooses the indices anew, each by the pixel's colour and place alone. `indices` holds the nearest codeword of each
/// pixel, and keeps it where the pixel is transparent or its colour is a codeword. `strength` as for diffuse_errors.
/// Throws Error{cancelled}.
void order_dither(const ImageView& image, const DitherPalette& palette, std::int32_t strength,
                  const ThresholdTile& tile, std::span<std::uint16_t> indices, const Work& work);

}  // namespace vqi::detail
