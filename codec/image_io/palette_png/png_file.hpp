// Puts the bytes of a palette PNG together: signature, header, metadata, palette, compressed rows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "palette_map.hpp"
#include "png_metadata.hpp"

namespace vqi::detail {

/// What stands around the rows.
struct PngFrame {
  std::uint32_t width_px = 0;
  std::uint32_t height_px = 0;
  std::uint32_t depth = 8;                     ///< bits of an index: 1, 2, 4 or 8
  std::span<const ColourSet::Colour> colours;  ///< tRNS is short where those that are not opaque come first
  /// A tRNS chunk even where all colours are opaque, by which readers know that the image has alpha.
  bool keeps_alpha = false;
  std::span<const PngChunk> metadata;  ///< chunks between IHDR and PLTE
};

/// The file whose rows are in the zlib stream `rows`.
[[nodiscard]] std::vector<std::byte> assemble_png(const PngFrame& frame, std::span<const std::byte> rows);

/// Bytes of the file beside those of `rows`.
[[nodiscard]] std::size_t frame_bytes(const PngFrame& frame);

}  // namespace vqi::detail
