// The limits that image readers apply to a declared size before they take memory for it.
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>

#include "vqi/options.hpp"
#include "vqi/run_options.hpp"

namespace vqi::detail {

/// Throws Error{limit_exceeded} if an image of this size may not be read.
void check_size_limits(std::uint64_t width_px, std::uint64_t height_px, const DecodeLimits& limits);

/// The product of two sizes, and their sum; the largest integer where they do not fit.
[[nodiscard]] constexpr std::uint64_t product_or_most(std::uint64_t a, std::uint64_t b) noexcept {
  constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
  return b != 0 && a > most / b ? most : a * b;
}
[[nodiscard]] constexpr std::uint64_t sum_or_most(std::uint64_t a, std::uint64_t b) noexcept {
  constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
  return a > most - b ? most : a + b;
}

/// Throws Error{limit_exceeded} if `run` allows less than `memory_bytes`, or if they are the largest integer; `what`
/// takes them ("reading the image").
void check_memory_limit(std::uint64_t memory_bytes, const RunOptions& run, const char* what);

/// Throws Error{invalid_option} unless `page` is 1 to `pages`, the number of pictures in a file of `format`.
void check_page(std::uint32_t page, std::uint32_t pages, std::string_view format);

/// As check_memory_limit, for reading an image of a size that passed `check_size_limits`: `bytes_per_pixel` is all that
/// is kept of a pixel, and `extra_bytes` what does not go by pixels.
void check_image_memory(std::uint64_t width_px, std::uint64_t height_px, std::uint64_t bytes_per_pixel,
                        const RunOptions& run, std::uint64_t extra_bytes = 0);

}  // namespace vqi::detail
