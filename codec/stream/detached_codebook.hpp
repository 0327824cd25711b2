// Streams that name their codebook instead of holding it (FORMAT.md, "Detached codebooks").
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "vqi/report.hpp"

namespace vqi::detail {

/// A whole stream with `hash` in the place of its codebook, of which it is the hash.
[[nodiscard]] std::vector<std::byte> detach_codebook(std::span<const std::byte> stream, const CodebookHash& hash);

}  // namespace vqi::detail
