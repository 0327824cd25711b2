// decode for a caller that already has a thread pool.
#pragma once

#include "parallel.hpp"
#include "vqi/codec.hpp"

namespace vqi::detail {

/// As `decode` in vqi/codec.hpp; `limits.threads` is ignored.
[[nodiscard]] Image decode(std::span<const std::byte> bytes, const DecodeLimits& limits, const ThreadPool& pool);

}  // namespace vqi::detail
