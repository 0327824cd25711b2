// Sums that stop at 2^64 - 1, so that no header can make them wrap.
#include "decode_memory.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <string>

#include "index_model.hpp"
#include "integer.hpp"
#include "parallel.hpp"
#include "restore_kernels.hpp"
#include "strip_entry.hpp"
#include "vqi/error.hpp"

namespace vqi::detail {
namespace {

constexpr std::uint64_t addressable_bytes = std::numeric_limits<std::ptrdiff_t>::max();
constexpr std::uint64_t saturated = std::numeric_limits<std::uint64_t>::max();

/// The sum, or 2^64 - 1 if it is greater.
std::uint64_t saturating_sum(std::uint64_t first, std::uint64_t second) noexcept {
  return first > ~second ? saturated : first + second;
}
std::uint64_t saturating_product(std::uint64_t first, std::uint64_t second) noexcept {
  return checked_product(first, second).value_or(saturated);
}

}  // namespace

std::optional<std::uint64_t> image_bytes(const BlockGrid& grid, std::uint64_t width_px,
                                         std::uint64_t height_px) noexcept {
  return checked_product(width_px * height_px, grid.pixel_bytes());
}

std::uint32_t decoded_rows(const StreamHeader& header, std::uint64_t strip, std::uint32_t end_row) noexcept {
  const std::uint32_t rows_in_strip = header.strip_row_count(strip);
  const std::uint32_t wanted = std::min(rows_in_strip, end_row - header.strip_begin(strip));
  constexpr auto at_once = static_cast<std::uint32_t>(rows_side_by_side);
  return std::min(rows_in_strip, divide_up(wanted, at_once) * at_once);
}

std::uint64_t strip_vectors_max(const StreamHeader& header, std::uint64_t begin, std::uint64_t end,
                                std::uint32_t end_row) noexcept {
  // All strips but the last of the map are equal, and all but the last of these are decoded whole.
  return std::uint64_t{std::max(decoded_rows(header, begin, end_row), decoded_rows(header, end - 1, end_row))} *
         header.grid.map_width();
}

DecodeCall whole_call(const StreamHeader& header, std::uint64_t metadata_bytes, bool restore) noexcept {
  const BlockGrid& grid = header.grid;
  DecodeCall call;
  call.result_bytes = image_bytes(grid, grid.width_px, grid.height_px);
  call.metadata_bytes = metadata_bytes;
  call.strips = header.strip_count();
  call.record_bytes = sizeof(StripEntry);
  call.buffer_vectors = strip_vectors_max(header, 0, call.strips, grid.map_height());
  call.restore = restore && header.restore.is_on();
  return call;
}

DecodeMemory::DecodeMemory(const StreamHeader& header, const DecodeCall& call) noexcept
    : fixed_bytes_(saturating_sum(call.result_bytes.value_or(saturated), header.codebook_bytes())),
      strip_bytes_(saturating_sum(saturating_product(call.buffer_vectors, sizeof(std::uint16_t)), call.scratch_bytes)) {
  fixed_bytes_ = saturating_sum(fixed_bytes_, call.metadata_bytes);
  fixed_bytes_ = saturating_sum(fixed_bytes_, saturating_product(call.strips, call.record_bytes));
  if (call.restore) {
    band_bytes_ = restore_state_bytes();
    fixed_bytes_ = saturating_sum(fixed_bytes_, header.k * restore_word_bytes);
    strip_bytes_ = saturating_sum(strip_bytes_, band_bytes_);
  }
  if (!header.model || header.k == 1) return;
  const ModelMemory model = memory_of_model(*header.model, header.k, header.grid.map_width());
  fixed_bytes_ = saturating_sum(fixed_bytes_, model.tables_bytes);
  strip_bytes_ = saturating_sum(strip_bytes_, model.state_bytes);
}

std::uint64_t DecodeMemory::bytes(std::uint64_t strips) const noexcept {
  return saturating_sum(fixed_bytes_, saturating_product(strips, strip_bytes_));
}

std::uint32_t DecodeMemory::strips_at_once(const RunOptions& run) const {
  const std::uint64_t limit = std::min(run.max_memory_bytes, addressable_bytes);
  const std::uint64_t least = bytes(1);
  if (least > limit)
    throw Error(Limit::memory, "decoding takes " + (least == saturated ? "over 2^64" : std::to_string(least)) +
                                   " bytes of memory and the limit is " + std::to_string(limit));
  if (strip_bytes_ == 0) return threads_max;
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(threads_max, (limit - fixed_bytes_) / strip_bytes_));
}

std::uint32_t DecodeMemory::bands_at_once(const RunOptions& run, std::uint64_t strips) const noexcept {
  if (band_bytes_ == 0) return 0;
  const std::uint64_t limit = std::min(run.max_memory_bytes, addressable_bytes);
  const std::uint64_t more = (limit - bytes(strips)) / band_bytes_ / strips;
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(threads_max, 1 + more));
}

}  // namespace vqi::detail
