// draw_tile_sheet: the codewords of a file as tiles of one picture.
#pragma once

#include <cstdint>

#include "block_image.hpp"
#include "vqi/image.hpp"

namespace vqi::tool {

/// Tiles in a row of the sheet: the least power of two whose square is at least `k`.
[[nodiscard]] std::uint32_t sheet_columns(std::uint32_t k) noexcept;

/// The codewords row by row, in the order of their indices and the type of the image, with its metadata.
/// Places after the last one are black, or transparent where there is alpha.
[[nodiscard]] Image draw_tile_sheet(const BlockImage& image);

}  // namespace vqi::tool
