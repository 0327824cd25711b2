// The smallest palette PNG of an index map, without a change of a pixel: order of the palette, depth, filter, deflate.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "palette_map.hpp"
#include "png_metadata.hpp"
#include "vqi/codec.hpp"
#include "work.hpp"

namespace vqi::detail {

/// The effort of palette PNGs that are a form of another file: about the time of zlib's level 9, and of large images
/// less, as writing would take longer than all else.
[[nodiscard]] constexpr std::uint32_t usual_png_effort(std::uint64_t pixels) noexcept {
  constexpr std::uint64_t large = std::uint64_t{1} << 22;
  return pixels < large ? 4 : 2;
}

/// Bytes of memory that writing takes for a pixel, on one thread.
inline constexpr std::uint64_t png_bytes_per_pixel = 4;

/// How a map is written.
struct PalettePngOptions {
  std::uint32_t effort = 4;  ///< 1 (fastest) to 9 (smallest)
  bool keeps_alpha = false;  ///< a tRNS chunk even where all colours are opaque
};

/// The bytes of the smallest file among the forms that the effort tries, the same at any number of threads. Takes the
/// map, as it reorders it. Throws Error{cancelled}.
[[nodiscard]] std::vector<std::byte> write_palette_map(PaletteMap map, std::span<const PngChunk> metadata,
                                                       const PalettePngOptions& options, const Work& work);

/// The same for an index map; unused and equal codewords are left out, but the first `kept` are the first colours of
/// the palette as they are. `run.max_memory_bytes` counts the file or `png_bytes_per_pixel`, whichever is more. Throws
/// Error{invalid_option} unless K <= 256, blocks are 1x1 and the depth is 8, and Error{invalid_image, limit_exceeded,
/// cancelled}.
[[nodiscard]] std::vector<std::byte> write_palette_png(const IndexedImage& indexed, std::uint32_t effort,
                                                       const RunOptions& run = {}, std::size_t kept = 0);

}  // namespace vqi::detail
