// DecodeMemory: the memory limit of a call that decodes, and the number of strips that may be under way within it.
#pragma once

#include <cstdint>
#include <optional>

#include "stream_header.hpp"
#include "vqi/run_options.hpp"

namespace vqi::detail {

/// Bytes of the samples of an image with this grid's channels and depth; none means more than 2^64.
[[nodiscard]] std::optional<std::uint64_t> image_bytes(const BlockGrid& grid, std::uint64_t width_px,
                                                       std::uint64_t height_px) noexcept;

/// What a call takes: its result, the codebook, and for each strip under way the indices and some scratch memory.
class DecodeMemory {
 public:
  /// For the strips begin .. end - 1. `result_bytes` is the size of what the call returns (none: more than 2^64),
  /// `scratch_bytes` what a strip takes beside its indices and the state of a context model. Throws
  /// Error{limit_exceeded} if one strip does not fit.
  DecodeMemory(const StreamHeader& header, std::uint64_t begin, std::uint64_t end,
               std::optional<std::uint64_t> result_bytes, const RunOptions& run, std::uint64_t scratch_bytes = 0);

  /// How many strips may be decoded at once, at least 1, by a model whose state takes `state_bytes`. Throws
  /// Error{limit_exceeded} if one does not fit.
  [[nodiscard]] std::uint32_t strips_at_once(std::uint64_t state_bytes) const;

 private:
  std::optional<std::uint64_t> result_bytes_;
  std::uint64_t fixed_bytes_;  // at most 2^64 - 1, if the sum is greater
  std::uint64_t strip_bytes_;
  std::uint64_t limit_bytes_;
};

}  // namespace vqi::detail
