// The memory limit of decoding: what a call takes, and how many strips may be under way within it.
#pragma once

#include <cstdint>
#include <optional>

#include "stream_header.hpp"
#include "vqi/run_options.hpp"

namespace vqi::detail {

/// Bytes of the samples of an image with this grid's type; none means more than 2^64.
[[nodiscard]] std::optional<std::uint64_t> image_bytes(const BlockGrid& grid, std::uint64_t width_px,
                                                       std::uint64_t height_px) noexcept;

/// How many of the strips begin .. end - 1 may be decoded at once, each with a buffer for its indices
/// and `scratch_bytes`, beside the codebook and the `result_bytes` (none: more than 2^64) of what the
/// call returns: at least 1. Throws Error{limit_exceeded} if one does not fit.
[[nodiscard]] std::uint32_t strips_at_once(const StreamHeader& header, std::uint64_t begin, std::uint64_t end,
                                           std::optional<std::uint64_t> result_bytes, const RunOptions& run,
                                           std::uint64_t scratch_bytes = 0);

}  // namespace vqi::detail
