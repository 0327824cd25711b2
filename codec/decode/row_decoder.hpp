// decode_rows: an image row by row, of which no more than some rows is in memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

#include "stream_header.hpp"
#include "vqi/codec.hpp"

namespace vqi::detail {

/// Is given pixel rows that are borrowed for the call, the first of which is row `first_row` of the image. What it
/// throws ends the decoding.
using RowsUse = std::function<void(std::uint32_t first_row, const ImageView& rows)>;

/// Whether the strips of a stream are so long that no two of them are worth decoding at once for a part of the image:
/// decode_rows is for these.
[[nodiscard]] bool has_long_strips(const StreamHeader& header) noexcept;

/// Decodes strip after strip, on the calling thread, and gives the rows of each as they are decoded, from the first row
/// to the last without gaps. Takes the memory of a strip's indices, two bytes each, of some 65,536 vectors of pixels,
/// and of codebook and context model; `run.max_memory_bytes` counts these. A strip is decoded only if its checksum
/// fits; what breaks the rules of its coding all the same is noticed when its rows come. Throws as decode().
void decode_rows(std::span<const std::byte> bytes, const DecodeLimits& limits, const RunOptions& run,
                 const RowsUse& use);

}  // namespace vqi::detail
