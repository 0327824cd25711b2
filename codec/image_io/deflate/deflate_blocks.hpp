// Steps of a parse to a zlib stream: blocks of their own Huffman codes, where these pay.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "deflate_steps.hpp"

namespace vqi::detail {

/// Steps that share their codes.
struct DeflateBlock {
  std::size_t begin = 0;  ///< the first step
  std::size_t end = 0;
  SymbolCounts counts;
  std::uint64_t bits = 0;
};

/// Some `first_blocks` blocks or more are begun with; the two neighbours that gain most by sharing their codes are
/// joined while any do, and ends are moved to where they are best. `poll` is called now and then, and may throw.
[[nodiscard]] std::vector<DeflateBlock> split_into_blocks(std::span<const DeflateStep> steps, std::size_t first_blocks,
                                                          const std::function<void()>& poll);

/// The zlib stream of `bytes`, which `steps` build. Linear in the steps; `poll` is called now and then, and may throw.
[[nodiscard]] std::vector<std::byte> write_deflate_blocks(std::span<const DeflateStep> steps,
                                                          std::span<const std::uint8_t> bytes,
                                                          const std::function<void()>& poll);

}  // namespace vqi::detail
