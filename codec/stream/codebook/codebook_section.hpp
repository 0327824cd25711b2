// The payload of section CBOK, plain or coded, to and from a codebook in native samples (FORMAT.md, "CBOK, the
// codebook").
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "codebook_coding.hpp"
#include "sample_array.hpp"
#include "sections.hpp"
#include "stream_header.hpp"
#include "vqi/report.hpp"

namespace vqi::detail {

/// The plain payload: every sample as it is, little-endian.
[[nodiscard]] std::vector<std::byte> plain_codebook(const SampleArray& codebook);

/// Whether the payload may have `length_bytes` in the header's coding of the codebook.
[[nodiscard]] bool codebook_length_fits(const StreamHeader& header, std::uint64_t length_bytes) noexcept;

/// A detached codebook: the hash in its place.
inline constexpr std::size_t detached_codebook_bytes = std::tuple_size_v<CodebookHash>;
[[nodiscard]] CodebookHash read_codebook_hash(const Section& section) noexcept;
/// A hash in hexadecimal digits.
[[nodiscard]] std::string hash_text(const CodebookHash& hash);

/// The codebook of a section whose checksum and length have been checked. Takes header.codebook_bytes() of memory,
/// which may be far more than the payload has: check limits first. A coded codebook of more than a quarter of a
/// megabyte is decoded twice, first without being kept, so that memory is taken for one that is right. Throws
/// Error{corrupt_codebook}, Error{codebook_needed} for a detached codebook, and what the hook throws.
[[nodiscard]] SampleArray read_codebook(const StreamHeader& header, const Section& section,
                                        const CodebookHook& between_rows);

}  // namespace vqi::detail
