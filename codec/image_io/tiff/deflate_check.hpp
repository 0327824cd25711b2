// Whether a zlib stream is whole and its checksum right.
#pragma once

#include <cstdint>

#include "file_bytes.hpp"

namespace vqi::detail {

/// True if `stream` inflates to its end, to at least `least_bytes`, and its Adler-32 is that of what comes out. False
/// also if far more comes out. Takes time for `least_bytes`, and some kilobytes.
[[nodiscard]] bool is_whole_zlib_stream(const FileBytes& file, const FilePiece& stream, std::uint64_t least_bytes);

}  // namespace vqi::detail
