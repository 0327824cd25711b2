// read_palette: the colours of a palette file of any form, told by its first bytes.
#pragma once

#include <cstddef>
#include <span>

#include "palette.hpp"
#include "vqi/image_io.hpp"

namespace vqi::tool {

/// Whether `file` is a .vqi file, by its first bytes.
[[nodiscard]] bool is_stream(std::span<const std::byte> file) noexcept;

/// The palette in `file`: text of hexadecimal digits, .gpl, JASC .pal, .act, JSON, a .vqi or .vqb file of single
/// pixels, the palette of a PNG, its suggested palette, or else the colours of a picture that has at most 256, in the
/// order in which they are met. Pictures and .vqi files tell how often each colour is used. Limits as for reading
/// images. Throws Error{corrupt_palette}, and what reading an image or a .vqi file throws.
[[nodiscard]] Palette read_palette(std::span<const std::byte> file, const ReadOptions& options, const RunOptions& run);

}  // namespace vqi::tool
