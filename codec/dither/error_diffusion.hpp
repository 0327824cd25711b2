// diffuse_errors: error diffusion, over all pixels or over those of a mask.
#pragma once

#include <cstdint>
#include <span>

#include "dither_palette.hpp"
#include "vqi/image.hpp"
#include "work.hpp"

namespace vqi::detail {

/// Chooses the indices anew so that the mean over small regions is that of the image. `indices` holds the nearest
/// codeword of each pixel. Pixels that `mask` leaves out (0), that are transparent, or whose colour is a codeword keep
/// their index, take no error and give none; an empty mask leaves no pixel out. `strength`, 0 .. full_strength, is the
/// part of each error that is carried on. Runs on one thread: each pixel waits for the one before. Throws
/// Error{cancelled}.
void diffuse_errors(const ImageView& image, const DitherPalette& palette, std::int32_t strength,
                    std::span<const std::uint8_t> mask, std::span<std::uint16_t> indices, const Work& work);

}  // namespace vqi::detail
