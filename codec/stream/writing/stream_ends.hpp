// StreamEnds: what stands before the strips of a stream and after them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "stream_header.hpp"
#include "vqi/image.hpp"
#include "vqi/report.hpp"

namespace vqi::detail {

/// A strip that was coded.
struct CodedStrip {
  std::uint64_t size_bytes = 0;
  std::uint32_t crc = 0;
};

struct StreamEnds {
  std::vector<std::byte> head;  ///< up to the first byte of the first strip
  std::vector<std::byte> tail;  ///< from the byte after the last strip on
  ByteCounts counts;            ///< of the whole stream
};

/// The stream's ends. Their sizes do not depend on the strips' sizes and checksums.
[[nodiscard]] StreamEnds make_ends(const StreamHeader& header, std::span<const std::byte> codebook,
                                   const ColourMetadata& metadata, std::span<const CodedStrip> strips);

}  // namespace vqi::detail
