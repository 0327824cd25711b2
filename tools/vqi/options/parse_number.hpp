// Numbers from the command line, taken strictly: whole numbers, sizes with a suffix, block sizes.
#pragma once

#include <cstdint>
#include <string_view>

namespace vqi::tool {

/// The number that `text` spells in decimal digits and nothing else. Throws Error{invalid_option},
/// naming `option` and the range, unless it lies in `minimum`..`maximum`.
[[nodiscard]] std::uint64_t parse_integer(std::string_view option, std::string_view text, std::uint64_t minimum,
                                          std::uint64_t maximum);

/// As parse_integer, with one suffix allowed: k = 1000, M = 10^6, G = 10^9.
[[nodiscard]] std::uint64_t parse_size(std::string_view option, std::string_view text, std::uint64_t minimum,
                                       std::uint64_t maximum);

/// The number above 0 that `text` spells in decimal, such as 35 or 0.75. Throws Error{invalid_option}.
[[nodiscard]] double parse_positive(std::string_view option, std::string_view text);

/// The same for a number from 0 to `maximum`, a whole one.
[[nodiscard]] double parse_up_to(std::string_view option, std::string_view text, std::uint64_t maximum);

struct BlockSize {
  std::uint32_t width_px = 1;
  std::uint32_t height_px = 1;
  bool operator==(const BlockSize&) const = default;
};

/// The block that `text` spells as WIDTHxHEIGHT, each 1..16. Throws Error{invalid_option}.
[[nodiscard]] BlockSize parse_block(std::string_view option, std::string_view text);

}  // namespace vqi::tool
