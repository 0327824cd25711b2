// Merges colours that are worth less than they cost: a place in the palette, and longer codes of literals.
#pragma once

#include <cstdint>
#include <span>

#include "index_colours.hpp"
#include "palette_map.hpp"

namespace vqi::detail {

/// Merges pairs of colours, the one that gains most first, while the squared error that this adds is less than
/// `lambda_64` / 64, at most 2^16, for each bit that it spares. `literals` says how often each index is part of a
/// literal. Opaque colours stay opaque, transparent ones transparent, and kept ones what they are. Only indices change:
/// the caller moves colours to the means of their pixels and drops those that no pixel has any more.
void merge_colours(PaletteMap& map, std::span<const PremultipliedColour> pixels,
                   std::span<const std::uint32_t> literals, std::uint32_t lambda_64);

}  // namespace vqi::detail
