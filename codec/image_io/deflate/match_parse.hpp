// The cheapest parse of bytes into literals and matches from the whole window, for rows that repeat earlier ones.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "deflate_steps.hpp"

namespace vqi::detail {

/// How hard a parse is sought.
struct MatchParseEffort {
  std::uint32_t passes = 0;       ///< that try of long matches the longest length of each symbol alone, at most
  std::uint32_t full_passes = 0;  ///< after them, that try every length: a percent smaller where rows repeat
  std::uint32_t depth = 32;       ///< places compared for the matches of one place
};

/// The most bytes of one parse, whose costs then fit into 31 bits.
inline constexpr std::size_t most_parsed_bytes = std::size_t{1} << 19;

/// The steps that build `bytes` from `begin` to `end`; matches may copy from the 32 KiB before as well. All matches are
/// found once. Then, as Zopfli does it, a shortest path is found again and again, by prices that are those of the parse
/// before, of each of its blocks. Linear in the bytes; `poll` is called now and then, and may throw.
[[nodiscard]] std::vector<DeflateStep> parse_matches(std::span<const std::uint8_t> bytes, std::size_t begin,
                                                     std::size_t end, const MatchParseEffort& effort,
                                                     const std::function<void()>& poll);

}  // namespace vqi::detail
