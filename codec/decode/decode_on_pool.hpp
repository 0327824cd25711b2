// decode on the threads of a call that is under way.
#pragma once

#include "parallel.hpp"
#include "vqi/codec.hpp"

namespace vqi::detail {

/// As `decode` in vqi/codec.hpp; `limits.threads` is not looked at.
[[nodiscard]] Image decode(std::span<const std::byte> bytes, const DecodeLimits& limits, const ThreadPool& pool);

}  // namespace vqi::detail
