// decode_written: decodes a stream of our own on an existing thread pool, without limits.
#pragma once

#include "vqi/codec.hpp"
#include "work.hpp"

namespace vqi::detail {

/// The image in a stream that this process has written, whatever its size, within the stage of `work`. Throws what
/// `decode` throws.
[[nodiscard]] Image decode_written(std::span<const std::byte> bytes, const Work& work);

}  // namespace vqi::detail
