// What the tile-parts of a JPEG 2000 codestream claim to take.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace vqi::detail {

/// A copy of `bytes` in which no tile-part claims to go on behind them; none where no tile-part does. A lenient
/// OpenJPEG takes the memory that a tile-part claims, up to 4 GB, before it looks for its bytes. Cost O(bytes).
[[nodiscard]] std::vector<std::byte> with_bounded_tile_parts(std::span<const std::byte> bytes);

}  // namespace vqi::detail
