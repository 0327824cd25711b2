// write_stream: codes a map and joins header, codebook, metadata and strips to the bytes of a stream.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "map_coding.hpp"
#include "sample_array.hpp"
#include "stream_header.hpp"
#include "vqi/image.hpp"
#include "vqi/report.hpp"
#include "work.hpp"

namespace vqi::detail {

struct WrittenStream {
  std::vector<std::byte> bytes;
  ByteCounts counts;
};

/// Codes `indices`, those of the whole map, as `choice` says, sets coding, model and strip rows in `header`, and writes
/// the stream. `header.mse` is written as it is.
[[nodiscard]] WrittenStream write_stream(StreamHeader& header, const IndexCodingChoice& choice,
                                         const SampleArray& codebook, std::span<const std::uint16_t> indices,
                                         const ColourMetadata& metadata, const Work& work);

/// Sets a distortion that was measured afterwards in `header`, and this header, with a decode filter if it has one, in
/// the written stream.
void set_stored_mse(std::span<std::byte> stream, StreamHeader& header, double mse);

}  // namespace vqi::detail
