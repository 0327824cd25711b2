// The cheapest parse of bytes into literals and copies from very near, as suits the residuals of a row filter.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "deflate_steps.hpp"

namespace vqi::detail {

/// The steps that build `bytes` from `begin` to `end`: literals and matches at distances 1 to 4, chosen by dynamic
/// programming over prices that are those of the choice before, `passes` times. Far matches are worth nothing in
/// residuals of Paeth's filter, where a search for them takes most of the time of deflate. Linear in the bytes; `poll`
/// is called now and then, and may throw.
[[nodiscard]] std::vector<DeflateStep> parse_runs(std::span<const std::uint8_t> bytes, std::size_t begin,
                                                  std::size_t end, std::uint32_t passes,
                                                  const std::function<void()>& poll);

}  // namespace vqi::detail
