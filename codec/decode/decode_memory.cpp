// Sums that stop at 2^64 - 1, so that no header can make them wrap.
#include "decode_memory.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <string>

#include "integer.hpp"
#include "parallel.hpp"
#include "vqi/error.hpp"

namespace vqi::detail {
namespace {

constexpr std::uint64_t addressable_bytes = std::numeric_limits<std::ptrdiff_t>::max();

/// The sum, or 2^64 - 1 if it is greater.
std::uint64_t saturating_sum(std::uint64_t first, std::uint64_t second) noexcept {
  return first > ~second ? ~std::uint64_t{0} : first + second;
}

}  // namespace

std::optional<std::uint64_t> image_bytes(const BlockGrid& grid, std::uint64_t width_px,
                                         std::uint64_t height_px) noexcept {
  return checked_product(width_px * height_px, grid.pixel_bytes());
}

DecodeMemory::DecodeMemory(const StreamHeader& header, std::uint64_t begin, std::uint64_t end,
                           std::optional<std::uint64_t> result_bytes, const RunOptions& run,
                           std::uint64_t scratch_bytes)
    : result_bytes_(result_bytes),
      fixed_bytes_(saturating_sum(result_bytes.value_or(~std::uint64_t{0}), header.codebook_bytes())),
      // The last strip may be longer than the others, which are equal.
      strip_bytes_(sizeof(std::uint16_t) * std::max(header.strip_vectors(begin), header.strip_vectors(end - 1)) +
                   scratch_bytes),
      limit_bytes_(std::min(run.max_memory_bytes, addressable_bytes)) {
  static_cast<void>(strips_at_once(0));
}

std::uint32_t DecodeMemory::strips_at_once(std::uint64_t state_bytes) const {
  const std::uint64_t strip_bytes = strip_bytes_ + state_bytes;
  const std::uint64_t least = saturating_sum(fixed_bytes_, strip_bytes);
  if (!result_bytes_ || least > limit_bytes_)
    throw Error(Limit::memory, "decoding takes " + (result_bytes_ ? std::to_string(least) : "over 2^64") +
                                   " bytes of memory and the limit is " + std::to_string(limit_bytes_));
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(threads_max, (limit_bytes_ - fixed_bytes_) / strip_bytes));
}

}  // namespace vqi::detail
