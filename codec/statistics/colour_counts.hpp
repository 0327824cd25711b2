// Colours of 8-bit pixels with their counts as bytes: gaps between colour numbers and counts, each of variable length.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "merged_vectors.hpp"

namespace vqi::detail {

/// Appends the colours of a run in the order of MergedVectors, of `channels` bytes each (STATISTICS.md, "COLR").
void write_colours(const VectorRun& run, std::uint32_t channels, std::vector<std::byte>& bytes);

/// The `count` colours that `bytes`, which begin at byte `offset` of the file and may be anything, consist of, in
/// ascending order, each with a count from 1 to 2^56. Throws Error{corrupt_section}. Takes memory as it reads.
[[nodiscard]] VectorRun read_colours(std::span<const std::byte> bytes, std::uint64_t offset, std::uint64_t count,
                                     std::uint32_t channels);

}  // namespace vqi::detail
