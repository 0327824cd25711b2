// PaletteMap: an index map with at most 256 colours, no two alike and, but for kept ones, all used: for a palette PNG.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "png_form.hpp"
#include "vqi/codec.hpp"
#include "vqi/image.hpp"

namespace vqi::detail {

struct PaletteMap {
  std::uint32_t width_px = 0;
  std::uint32_t height_px = 0;
  std::vector<std::uint8_t> indices;       ///< height_px * width_px, row-major
  std::vector<ColourSet::Colour> colours;  ///< red, green, blue, alpha from the low byte on
  std::size_t kept = 0;                    ///< as many colours, the first ones, keep their places, used or not
};

/// The map of an index map of 1x1 blocks. The first `kept` codewords, no two alike, come first and in their order. Of
/// the others those that are not opaque come first, otherwise in the order of the codebook; those that no pixel has are
/// left out, and equal ones are one. Throws Error{invalid_option} unless K <= 256, blocks are 1x1 and the depth is 8,
/// and Error{invalid_image} if the map is not whole.
[[nodiscard]] PaletteMap make_palette_map(const IndexedImage& indexed, std::size_t kept = 0);

/// The map of an image of 8-bit RGB or RGBA whose colours are `set`.
[[nodiscard]] PaletteMap make_palette_map(const ImageView& image, const ColourSet& set);

/// Moves the colour at k to places[k], and the indices with it. `places` is a permutation.
void reorder(PaletteMap& map, std::span<const std::uint8_t> places);

/// How many colours come before the opaque ones: the kept ones, and after them those that are not opaque.
[[nodiscard]] std::size_t colours_before_opaque(const PaletteMap& map) noexcept;

}  // namespace vqi::detail
