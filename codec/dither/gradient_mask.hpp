// find_gradients: the pixels where dithering shows what quantization hides, and not only noise.
#pragma once

#include <cstdint>
#include <span>

#include "dither_palette.hpp"
#include "large_memory.hpp"
#include "vqi/image.hpp"
#include "work.hpp"

namespace vqi::detail {

/// Bytes that find_gradients takes for each pixel at most, with its result.
inline constexpr std::uint64_t gradient_bytes_per_pixel = 13;

/// 1 for each pixel of a gradient that `indices`, the nearest codewords, break into bands; 0 for flat areas, edges,
/// text and texture. Throws Error{cancelled}.
[[nodiscard]] LargeVector<std::uint8_t> find_gradients(const ImageView& image, const DitherPalette& palette,
                                                       std::span<const std::uint16_t> indices, const Work& work);

}  // namespace vqi::detail
