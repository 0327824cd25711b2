// Parses numbers on the command line strictly: whole numbers, sizes with a suffix, decimal numbers, block sizes.
#pragma once

#include <cstdint>
#include <string_view>

namespace vqi::tool {

/// The whole number in `text`, which must be decimal digits alone. Throws Error{invalid_option}, naming `option` and
/// the range, unless the number lies in `minimum`..`maximum`.
[[nodiscard]] std::uint64_t parse_integer(std::string_view option, std::string_view text, std::uint64_t minimum,
                                          std::uint64_t maximum);

/// Like parse_integer, but one unit may follow: k, K, kB or KB = 1000, M or MB = 10^6, G or GB = 10^9; KiB = 2^10,
/// MiB = 2^20, GiB = 2^30.
[[nodiscard]] std::uint64_t parse_size(std::string_view option, std::string_view text, std::uint64_t minimum,
                                       std::uint64_t maximum);

/// The decimal number in `text`, such as 35 or 0.75. Throws Error{invalid_option} unless it is above 0.
[[nodiscard]] double parse_positive(std::string_view option, std::string_view text);

/// Like parse_positive, but the number must lie in 0..`maximum`.
[[nodiscard]] double parse_up_to(std::string_view option, std::string_view text, std::uint64_t maximum);

struct BlockSize {
  std::uint32_t width_px = 1;
  std::uint32_t height_px = 1;
  bool operator==(const BlockSize&) const = default;
};

/// The block size in `text`, written WIDTHxHEIGHT, each 1..16. Throws Error{invalid_option}.
[[nodiscard]] BlockSize parse_block(std::string_view option, std::string_view text);

}  // namespace vqi::tool
