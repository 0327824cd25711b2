// Samples out of decoded strips and tiles: bits to integers, planes and chroma of neighbours to pixels.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "tiff_layout.hpp"

namespace vqi::detail {

/// A strip or tile as libtiff decoded it, one block of bytes for each of `TiffLayout::planes`.
using TiffSegment = std::vector<std::vector<std::byte>>;

/// The samples of a row of a segment that `layout` keeps, in the file's own range: for each of the first `count` pixels
/// those of the colour, then alpha. `samples` has room for them.
void read_tiff_samples(const TiffLayout& layout, const TiffSegment& segment, std::uint32_t row, std::uint32_t count,
                       std::span<std::uint16_t> samples);

}  // namespace vqi::detail
