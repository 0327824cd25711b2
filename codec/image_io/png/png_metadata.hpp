// ColourMetadata from and to PNG's gAMA, cHRM, sRGB, iCCP, cICP and pHYs chunks, value for value.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "png_chunks.hpp"
#include "vqi/image.hpp"

namespace vqi::detail {

/// Reads the chunks in front of the first IDAT of a PNG file. Chunks that break PNG's rules are left
/// out, with a line in `warnings`, and so are those with wrong checksums, without one; `is_colour` tells which ICC
/// profiles fit.
///
/// libpng's own accessors are not used: they report gAMA and cHRM where the file has only sRGB, and
/// drop values that they find implausible.
[[nodiscard]] ColourMetadata read_png_metadata(const PngChunks& chunks, bool is_colour, std::uint64_t max_profile_bytes,
                                               std::vector<std::string>& warnings);

/// A chunk to write: its type, and its data without length and checksum.
struct PngChunk {
  std::array<unsigned char, 4> type{};
  std::vector<std::byte> data;
};

/// The chunks that hold `metadata`, to be written between IHDR and PLTE. A profile for grey images
/// is left out of a colour PNG, and the other way round. Throws Error{invalid_image} if the
/// profile's name is not one that PNG can hold.
[[nodiscard]] std::vector<PngChunk> png_metadata_chunks(const ColourMetadata& metadata, bool is_colour);

}  // namespace vqi::detail
