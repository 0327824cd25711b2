// Images to JPEG files in memory, through libjpeg-turbo.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "vqi/image.hpp"
#include "vqi/run_options.hpp"

namespace vqi::detail {

/// The parts of a profile are numbered by a byte, and each fits into a segment: ICC.1, B.4.
constexpr std::uint64_t max_jpeg_profile_part_bytes = 65533 - 14;
constexpr std::uint64_t max_jpeg_profile_bytes = 255 * max_jpeg_profile_part_bytes;

/// True if JFIF's 16 bits hold the density, be it rounded to a whole number per inch.
[[nodiscard]] bool jpeg_has_density(const PixelDensity& density);

/// The bytes of a baseline JPEG of quality 95 with all colour samples, a density and a profile that it can hold.
/// `image` is grey or RGB of 8 bits and at most 65500 pixels a side. Throws Error{limit_exceeded, cancelled,
/// invalid_image}.
[[nodiscard]] std::vector<std::byte> write_jpeg(const ImageView& image, std::string_view extension,
                                                const RunOptions& run);

}  // namespace vqi::detail
