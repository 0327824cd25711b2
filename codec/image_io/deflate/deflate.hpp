// Bytes to a zlib stream, by parses of our own, libdeflate and Zopfli.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "match_parse.hpp"
#include "parallel.hpp"

namespace vqi::detail {

/// How hard a zlib stream is sought.
struct DeflateEffort {
  std::uint32_t run_passes = 0;     ///< above 0, a parse into literals and runs is tried
  int libdeflate_level = 0;         ///< 1..12; 0: not tried
  MatchParseEffort matches{};       ///< with passes, a parse into literals and matches is tried, but not where
                                    ///< libdeflate shows that runs are all there is
  std::uint32_t zopfli_passes = 0;  ///< above 0, Zopfli tries as well
};

/// The smallest zlib stream of `bytes` among those that `effort` tries, at least one. `poll` is called between portions
/// of the work, and may throw; a call of libdeflate is one portion. Our own parses run on the threads of `pool`, if one
/// is given. Throws std::bad_alloc.
[[nodiscard]] std::vector<std::byte> deflate(std::span<const std::uint8_t> bytes, const DeflateEffort& effort,
                                             const std::function<void()>& poll, const ThreadPool* pool = nullptr);

}  // namespace vqi::detail
