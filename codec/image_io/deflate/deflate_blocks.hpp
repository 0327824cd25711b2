// Steps of a parse to a zlib stream: blocks of their own Huffman codes, where these pay.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "deflate_steps.hpp"

namespace vqi::detail {

/// The zlib stream of `bytes`, which `steps` build. Linear in the steps; `poll` is called now and then, and may throw.
[[nodiscard]] std::vector<std::byte> write_deflate_blocks(std::span<const DeflateStep> steps,
                                                          std::span<const std::uint8_t> bytes,
                                                          const std::function<void()>& poll);

}  // namespace vqi::detail
