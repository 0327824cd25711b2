// write_stream: header, codebook, metadata and coded strips become the bytes of a stream.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "parallel.hpp"
#include "progress.hpp"
#include "sample_array.hpp"
#include "stream_header.hpp"
#include "vqi/image.hpp"
#include "vqi/report.hpp"

namespace vqi {

struct WrittenStream {
  std::vector<std::byte> bytes;
  ByteCounts counts;
};

/// Codes `indices` (the whole map) with the smaller of the codings that K allows, which it enters in
/// `header` with the strip height, and writes everything. `header.mse` is written as it is.
[[nodiscard]] WrittenStream write_stream(StreamHeader& header, const SampleArray& codebook,
                                         std::span<const std::uint16_t> indices, const ColourMetadata& metadata,
                                         const ThreadPool& pool, ProgressReporter& progress);

/// Enters a distortion measured afterwards into the header of a written stream.
void set_stored_mse(std::span<std::byte> stream, StreamHeader& header, double mse);

}  // namespace vqi
