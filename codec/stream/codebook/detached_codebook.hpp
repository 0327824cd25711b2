// Streams that name their codebook instead of holding it (FORMAT.md, "Detached codebooks").
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "sample_array.hpp"
#include "sections.hpp"
#include "stream_header.hpp"
#include "vqi/codebook.hpp"
#include "vqi/report.hpp"

namespace vqi::detail {

/// A whole stream with `hash` in the place of its codebook, of which it is the hash.
[[nodiscard]] std::vector<std::byte> detach_codebook(std::span<const std::byte> stream, const CodebookHash& hash);

/// The header of a stream with the codebook's hash in its place.
[[nodiscard]] StreamHeader detached_header(StreamHeader header) noexcept;

/// The codewords of the codebook that a detached stream needs. Throws Error{codebook_needed, corrupt_header} unless it
/// is `codebook`.
[[nodiscard]] SampleArray attached_codewords(const StreamHeader& header, const Section& section,
                                             const Codebook& codebook);

}  // namespace vqi::detail
