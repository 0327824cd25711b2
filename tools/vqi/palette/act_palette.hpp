// Adobe's colour tables, .act: 256 colours of three bytes, and often how many count and which is transparent.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "palette.hpp"

namespace vqi::tool {

/// The sizes that such a file may have, without and with the count and the transparent colour.
inline constexpr std::size_t act_bytes_short = 768;
inline constexpr std::size_t act_bytes_long = 772;
inline constexpr std::size_t act_colours_max = 256;

/// Throws Error{corrupt_palette} for another size, a count over 256, and a transparent colour beyond the count.
[[nodiscard]] Palette read_act_palette(std::span<const std::byte> file);

/// Of at most 256 colours of 8 bits. One fully transparent colour is kept as such, other alpha is left out. 256 opaque
/// colours have the short form.
[[nodiscard]] std::vector<std::byte> write_act_palette(const Palette& palette);

}  // namespace vqi::tool
