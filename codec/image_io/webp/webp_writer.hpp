// Images to lossless WebP files in memory, through libwebp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "vqi/image.hpp"
#include "vqi/run_options.hpp"

namespace vqi::detail {

/// Longer profiles are not kept: those, and the pixels of the largest picture, fit into a file of 2^32 bytes.
constexpr std::uint64_t max_webp_profile_bytes = std::uint64_t{1} << 31;

/// The bytes of a lossless WebP, colours under transparent pixels and a profile for colours included. `image` has 8
/// bits, no grey with alpha, and at most 16383 pixels a side; grey is written as RGB. Throws Error{limit_exceeded,
/// cancelled, invalid_image}.
[[nodiscard]] std::vector<std::byte> write_webp(const ImageView& image, std::string_view extension,
                                                const RunOptions& run);

}  // namespace vqi::detail
