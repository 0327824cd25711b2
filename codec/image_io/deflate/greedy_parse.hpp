// A quick parse of bytes into literals and matches, from which prices begin.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "deflate_steps.hpp"

namespace vqi::detail {

/// At each place the longest match that a few hashed places and the byte before give, else a literal. Prices that come
/// from it are near the final ones, which a search cannot reach from prices that overrate matches. Linear in the bytes;
/// `poll` is called now and then, and may throw.
[[nodiscard]] std::vector<DeflateStep> parse_greedily(std::span<const std::uint8_t> bytes,
                                                      const std::function<void()>& poll);

}  // namespace vqi::detail
