// StripEntry: a strip of the index section as it lies in the stream, and what can be told of it without decoding.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "stream_header.hpp"
#include "vqi/error.hpp"

namespace vqi::detail {

/// Borrows the stream.
struct StripEntry {
  std::uint64_t offset = 0;  ///< in the stream
  std::span<const std::byte> bytes;
  std::uint32_t crc = 0;  ///< as the strip table has it
};

/// Where a strip lies in the stream.
struct StripPlace {
  std::uint64_t offset = 0;
  std::uint32_t size_bytes = 0;
  std::uint32_t crc = 0;  ///< as the strip table has it
};

/// Whether a strip of `vectors` vectors may have `length_bytes` in the header's coding.
[[nodiscard]] bool strip_length_fits(const StreamHeader& header, std::uint64_t vectors,
                                     std::uint64_t length_bytes) noexcept;

/// Names a strip in messages: "strip 2 (pixel rows 512 to 767)".
[[nodiscard]] std::string strip_words(const StreamHeader& header, std::uint64_t strip);

/// Error{checksum_mismatch} if the bytes of strip number `strip` do not fit its checksum.
[[nodiscard]] std::optional<Error> strip_crc_fault(const StreamHeader& header, std::uint64_t strip,
                                                   const StripEntry& entry);

}  // namespace vqi::detail
