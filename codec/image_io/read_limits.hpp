// The limits that image readers apply to a declared size before they take memory for it.
#pragma once

#include <cstdint>
#include <string_view>

#include "vqi/options.hpp"
#include "vqi/run_options.hpp"

namespace vqi::detail {

/// Throws Error{limit_exceeded} if an image of this size may not be read.
void check_size_limits(std::uint64_t width_px, std::uint64_t height_px, const DecodeLimits& limits);

/// Throws Error{limit_exceeded} if `run` allows less than `memory_bytes`; `what` takes them ("reading the image").
void check_memory_limit(std::uint64_t memory_bytes, const RunOptions& run, const char* what);

/// Throws Error{invalid_option} unless `page` is 1 to `pages`, the number of pictures in a file of `format`.
void check_page(std::uint32_t page, std::uint32_t pages, std::string_view format);

/// As check_memory_limit, for an image of a size that passed `check_size_limits`, with all that is kept of a pixel.
void check_image_memory(std::uint64_t width_px, std::uint64_t height_px, std::uint64_t bytes_per_pixel,
                        const RunOptions& run);

}  // namespace vqi::detail
