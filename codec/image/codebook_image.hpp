// Codewords as rows of samples, and as an image of blocks side by side.
#pragma once

#include <cstdint>

#include "block_grid.hpp"
#include "sample_array.hpp"
#include "vqi/codebook.hpp"
#include "vqi/image.hpp"

namespace vqi::detail {

/// The image of all codewords: as high as a block, and as wide as all blocks. `type` has the block's size and the type
/// of the samples; its image size does not matter.
[[nodiscard]] Image codebook_image(const BlockGrid& type, const SampleArray& codewords);

/// The codewords of a valid codebook.
[[nodiscard]] SampleArray codewords_of(const Codebook& codebook);

/// The grid of the codebook's image, which has one row of blocks.
[[nodiscard]] BlockGrid grid_of(const Codebook& codebook) noexcept;

}  // namespace vqi::detail
