// verify_stream: decodes a finished stream and compares it with what was to be written.
#pragma once

#include <cstddef>
#include <span>

#include "block_grid.hpp"
#include "pixel_rows.hpp"
#include "vqi/image.hpp"
#include "work.hpp"

namespace vqi::detail {

/// Throws Error{verification_failed} unless `stream` decodes to the pixels `expected`, of the size and type of `grid`,
/// with `metadata` (null: none). Throws Error{cancelled}, and std::bad_alloc. Takes the memory of the decoded image.
void verify_stream(std::span<const std::byte> stream, const BlockGrid& grid, const PixelRows& expected,
                   const ColourMetadata* metadata, const Work& work);

}  // namespace vqi::detail
