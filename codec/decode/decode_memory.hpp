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

/// What a call takes beside the codebook and its context model.
struct DecodeCall {
  std::optional<std::uint64_t> result_bytes;  ///< of what it returns; none: more than 2^64
  std::uint64_t metadata_bytes = 0;           ///< of the sections that are copied into the result
  std::uint64_t strips = 0;                   ///< that it decodes
  std::uint64_t record_bytes = 0;             ///< that it remembers of each strip, decoded or not
  std::uint64_t buffer_vectors = 0;           ///< the most that a strip under way has in a buffer of its own
  std::uint64_t scratch_bytes = 0;            ///< that a strip under way takes beside them
  bool restore = false;                       ///< whether pixels are sent through the decode filter
};

/// The rows of a strip that are decoded if the rows up to `end_row` of the map are wanted: a few more than these, as
/// models code rows side by side.
[[nodiscard]] std::uint32_t decoded_rows(const StreamHeader& header, std::uint64_t strip,
                                         std::uint32_t end_row) noexcept;

/// The vectors of the longest strip, where the strips `begin` .. `end` - 1 are decoded up to row `end_row` of the map.
[[nodiscard]] std::uint64_t strip_vectors_max(const StreamHeader& header, std::uint64_t begin, std::uint64_t end,
                                              std::uint32_t end_row) noexcept;

/// What decoding a whole image takes; through the decode filter that its header asks for, if `restore`.
[[nodiscard]] DecodeCall whole_call(const StreamHeader& header, std::uint64_t metadata_bytes, bool restore) noexcept;

/// The memory of a call: for everything that lasts, and for each strip under way. Follows from the header alone, so
/// that it is known before any of it is taken. Sums stop at 2^64 - 1.
class DecodeMemory {
 public:
  DecodeMemory(const StreamHeader& header, const DecodeCall& call) noexcept;

  /// With `strips` under way.
  [[nodiscard]] std::uint64_t bytes(std::uint64_t strips) const noexcept;
  [[nodiscard]] std::uint64_t strip_bytes() const noexcept { return strip_bytes_; }

  /// How many strips may be under way at once, at least 1. Throws Error{limit_exceeded} if one does not fit.
  [[nodiscard]] std::uint32_t strips_at_once(const RunOptions& run) const;

  /// How many bands of each strip the decode filter may work on at once, at least 1, where `strips` are under way,
  /// which strips_at_once allows; 0 without the filter.
  [[nodiscard]] std::uint32_t bands_at_once(const RunOptions& run, std::uint64_t strips) const noexcept;

 private:
  std::uint64_t fixed_bytes_;
  std::uint64_t strip_bytes_;     // with one band
  std::uint64_t band_bytes_ = 0;  // of the decode filter; 0 without it
};

}  // namespace vqi::detail
