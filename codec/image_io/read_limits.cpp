// Sizes against limits, in words that say which limit is passed and by how much.
#include "read_limits.hpp"

#include <algorithm>
#include <limits>
#include <string>

#include "vqi/error.hpp"

namespace vqi::detail {

void check_memory_limit(std::uint64_t memory_bytes, const RunOptions& run, const char* what) {
  if (memory_bytes > run.max_memory_bytes || memory_bytes == std::numeric_limits<std::uint64_t>::max())
    throw Error(Limit::memory, std::string(what) + " would take " + std::to_string(memory_bytes) +
                                   " bytes of memory; the limit is " + std::to_string(run.max_memory_bytes));
}

void check_page(std::uint32_t page, std::uint32_t pages, std::string_view format) {
  if (page >= 1 && page <= pages) return;
  throw Error(ErrorCode::invalid_option, "page " + std::to_string(page) + " was asked for; the " + std::string(format) +
                                             " file has " + std::to_string(pages) +
                                             (pages == 1 ? " picture" : " pictures"));
}

void check_image_memory(std::uint64_t width_px, std::uint64_t height_px, std::uint64_t bytes_per_pixel,
                        const RunOptions& run, std::uint64_t extra_bytes) {
  const std::uint64_t pixel_bytes = product_or_most(width_px * height_px, bytes_per_pixel);
  check_memory_limit(sum_or_most(pixel_bytes, extra_bytes), run, "reading the image");
}

void check_size_limits(std::uint64_t width_px, std::uint64_t height_px, const DecodeLimits& limits) {
  const std::string size = std::to_string(width_px) + "x" + std::to_string(height_px);
  if (std::max(width_px, height_px) > limits.max_side_px)
    throw Error(Limit::side, "image of " + size + " pixels has a side over the limit of " +
                                 std::to_string(limits.max_side_px) + " pixels");
  // Both sides now fit in 32 bits, so that the product fits in 64.
  if (width_px * height_px > limits.max_pixels)
    throw Error(Limit::pixels, "image of " + size + " pixels has more than the limit of " +
                                   std::to_string(limits.max_pixels) + " pixels");
}

}  // namespace vqi::detail
