// Premultiplied alpha on single samples: colour times coverage, in integers.
#pragma once

#include <algorithm>
#include <cstdint>

namespace vqi::detail {

/// The premultiplied value of a straight `colour` under `alpha`, both 0 .. max_value, rounded.
[[nodiscard]] constexpr std::uint32_t premultiply(std::uint32_t colour, std::uint32_t alpha,
                                                  std::uint32_t max_value) noexcept {
  return static_cast<std::uint32_t>((std::uint64_t{colour} * alpha + max_value / 2) / max_value);
}

/// The same for a depth that the compiler knows, 255 or 65535: 32 bits hold the product, so that loops vectorise.
template <std::uint32_t max_value>
[[nodiscard]] constexpr std::uint32_t premultiply_by_depth(std::uint32_t colour, std::uint32_t alpha) noexcept {
  static_assert(max_value == 255 || max_value == 65535);
  return (colour * alpha + max_value / 2) / max_value;
}

/// A straight colour whose premultiplied value under `alpha` is nearest to `premultiplied`; 0 if alpha is 0.
[[nodiscard]] constexpr std::uint32_t unpremultiply(std::uint32_t premultiplied, std::uint32_t alpha,
                                                    std::uint32_t max_value) noexcept {
  if (alpha == 0) return 0;
  const std::uint64_t colour = (std::uint64_t{premultiplied} * max_value + alpha / 2) / alpha;
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(colour, max_value));
}

}  // namespace vqi::detail
