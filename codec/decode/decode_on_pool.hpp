// decode for a caller that already has a thread pool.
#pragma once

#include "vqi/codec.hpp"
#include "work.hpp"

namespace vqi::detail {

/// The image in a stream of our own making, whatever its size: no limits apply.
[[nodiscard]] Image decode_written(std::span<const std::byte> bytes, const ThreadPool& pool);

}  // namespace vqi::detail
