// The coded codebook: differences between codewords in adaptive bits (FORMAT.md, "CBOK, the codebook").
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sample_array.hpp"

namespace vqi::detail {

/// Codes all samples in the order of the rows; rows are pixels of `channels` samples.
[[nodiscard]] std::vector<std::byte> encode_codebook(const SampleArray& codebook);

/// Reads what `encode_codebook` wrote into all rows of `codebook`. False if the bytes are not that, in
/// which case `codebook` has no meaning. Never reads outside `coded`.
[[nodiscard]] bool decode_codebook(std::span<const std::byte> coded, SampleArray& codebook);

}  // namespace vqi::detail
