// GIF files in memory to images.
#pragma once

#include <cstddef>
#include <span>

#include "vqi/image_io.hpp"

namespace vqi::detail {

/// True if `bytes` begin with GIF's signature.
[[nodiscard]] bool is_gif(std::span<const std::byte> bytes);

/// The size of a GIF; see `inspect_image`.
[[nodiscard]] ImageFileInfo inspect_gif(std::span<const std::byte> bytes);

/// Reads what a player shows when it has drawn frame `options.page`: RGBA where some pixel is transparent or covered
/// by no frame, with alpha 0 and black there, else RGB. A first frame that is larger than the screen enlarges it.
/// Throws as `read_image`; an index outside of the palette is damage.
[[nodiscard]] ReadImage read_gif(std::span<const std::byte> bytes, const ReadOptions& options,
                                 const RunOptions& run = {});

}  // namespace vqi::detail
