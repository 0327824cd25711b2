// Adding up what decoding takes.
#include "decode_memory.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <string>

#include "integer.hpp"
#include "vqi/error.hpp"

namespace vqi::detail {
namespace {

constexpr std::uint64_t addressable_bytes = std::numeric_limits<std::ptrdiff_t>::max();
constexpr std::uint64_t strips_at_once_max = 1024;  // no call has more threads

/// Adds up to 2^64 - 1 at the most.
std::uint64_t saturating_sum(std::uint64_t first, std::uint64_t second) noexcept {
  return first > ~second ? ~std::uint64_t{0} : first + second;
}

}  // namespace

std::optional<std::uint64_t> image_bytes(const BlockGrid& grid, std::uint64_t width_px,
                                         std::uint64_t height_px) noexcept {
  return checked_product(width_px * height_px, grid.pixel_bytes());
}

std::uint32_t strips_at_once(const StreamHeader& header, std::uint64_t begin, std::uint64_t end,
                             std::optional<std::uint64_t> result_bytes, const RunOptions& run,
                             std::uint64_t scratch_bytes) {
  // The last strip may be longer than the others, which are equal.
  const std::uint64_t vectors = std::max(header.strip_vectors(begin), header.strip_vectors(end - 1));
  const std::uint64_t strip_bytes = sizeof(std::uint16_t) * vectors + scratch_bytes;
  const std::uint64_t fixed = saturating_sum(result_bytes.value_or(~std::uint64_t{0}), header.codebook_bytes());
  const std::uint64_t least = saturating_sum(fixed, strip_bytes);
  const std::uint64_t limit = std::min(run.max_memory_bytes, addressable_bytes);
  if (!result_bytes || least > limit)
    throw Error(Limit::memory, "decoding takes " + (result_bytes ? std::to_string(least) : "over 2^64") +
                                   " bytes of memory and the limit is " + std::to_string(limit));
  return static_cast<std::uint32_t>(std::min(strips_at_once_max, (limit - fixed) / strip_bytes));
}

}  // namespace vqi::detail
