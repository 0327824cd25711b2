// The payload of section CBOK, plain or coded, to and from a codebook in native samples (FORMAT.md, "CBOK, the
// codebook").
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "index_model.hpp"
#include "sample_array.hpp"
#include "sections.hpp"
#include "stream_header.hpp"

namespace vqi::detail {

/// Every sample as it is, little-endian.
[[nodiscard]] std::vector<std::byte> plain_codebook(const SampleArray& codebook);

/// The codebook of a section that is checked. Takes header.codebook_bytes() of
/// memory, which may be far more than the payload has: check limits first. Throws
/// Error{corrupt_codebook}.
[[nodiscard]] SampleArray read_codebook(const StreamHeader& header, const Section& section);

/// The model that `header` names, for a codebook in the order of the file. Its K is at least 2.
[[nodiscard]] std::unique_ptr<const IndexModel> make_index_model(const StreamHeader& header,
                                                                 const SampleArray& codebook);

/// What decoding strips needs beside them.
struct Codewords {
  SampleArray codebook;
  std::unique_ptr<const IndexModel> model;  ///< none for packed indices and at K = 1
  std::uint64_t state_bytes = 0;            ///< that the model takes for each strip under way
};

/// read_codebook, and the model with it.
[[nodiscard]] Codewords read_codewords(const StreamHeader& header, const Section& section);

}  // namespace vqi::detail
