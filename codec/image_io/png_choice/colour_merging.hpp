// Merges colours that are worth less than they cost: a place in the palette, and longer codes of literals.
#pragma once

#include <cstdint>
#include <span>

#include "index_colours.hpp"
#include "palette_map.hpp"

namespace vqi::detail {

/// Merges pairs of colours, the one that gains most first, while the squared error that this adds is less than
/// `lambda_64` / 64 for each bit that it spares. `literals`: how often each index is part of
/// a literal. Opaque colours stay opaque, transparent ones transparent, and kept ones what they are.
/// Indices change alone: colours are for `move_to_means`, and those that no pixel has any more stay.
void merge_colours(PaletteMap& map, std::span<const PremultipliedColour> pixels,
                   std::span<const std::uint32_t> literals, std::uint32_t lambda_64);

}  // namespace vqi::detail
