// write_stream: header, codebook, metadata and coded strips become the bytes of a stream.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

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

/// How the caller wants indices to be coded.
struct IndexCodingChoice {
  Coding coding = Coding::packed;
  Model model = Model::fast;  ///< of all codings but packed
};

/// Codes `indices` (the whole map) as `choice` says, enters in `header` which coding, model and strip
/// height that was, and writes everything. A context model gets the codewords in an order of its own,
/// and indices to match. `header.mse` is written as it is.
[[nodiscard]] WrittenStream write_stream(StreamHeader& header, const IndexCodingChoice& choice,
                                         const SampleArray& codebook, std::span<const std::uint16_t> indices,
                                         const ColourMetadata& metadata, const Work& work);

/// Enters a distortion measured afterwards into the header of a written stream.
void set_stored_mse(std::span<std::byte> stream, StreamHeader& header, double mse);

}  // namespace vqi::detail
