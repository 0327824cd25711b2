// The coded codebook: differences between codewords in adaptive bits (FORMAT.md, "CBOK, the codebook").
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "sample_array.hpp"
#include "work_pulse.hpp"

namespace vqi::detail {

/// Codes all samples in the order of the rows. Throws what `pulse` throws.
[[nodiscard]] std::vector<std::byte> encode_codebook(const SampleArray& codebook, WorkPulse pulse = {});

/// Called between codewords, some milliseconds apart; may throw, which ends the decoding. May be empty.
using CodebookHook = std::function<void()>;

/// Reads what `encode_codebook` wrote into all rows of `codebook`. False if `coded` is anything else; `codebook` then
/// has no meaning. Never reads outside `coded`, and stops at the first row that needs more than it has.
[[nodiscard]] bool decode_codebook(std::span<const std::byte> coded, SampleArray& codebook,
                                   const CodebookHook& between_rows);

/// Whether decode_codebook would return true for an array of this shape. Takes its time, but memory for two rows alone.
[[nodiscard]] bool check_coded_codebook(std::span<const std::byte> coded, std::size_t rows, std::uint32_t dimension,
                                        std::uint32_t bit_depth, const CodebookHook& between_rows);

}  // namespace vqi::detail
