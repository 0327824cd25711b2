// The index map alone, for other programs: NumPy's .npy, PGM, and CSV as Tiled has it.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "block_image.hpp"

namespace vqi::tool {

/// Version 1.0 of the format: uint8 up to 256 codewords, else little-endian uint16, of shape (map height, map width).
[[nodiscard]] std::vector<std::byte> write_npy(const BlockImage& image);

/// Samples are indices: P5 with the maximum value K - 1, or 1 for one codeword; above 255 two bytes, the upper first.
[[nodiscard]] std::vector<std::byte> write_index_pgm(const BlockImage& image);

/// A line for each row of the map, with commas between indices.
[[nodiscard]] std::string write_index_csv(const BlockImage& image);

/// The same numbers, each with `first` added to it, as the layers of Tiled have them: with a comma after each row but
/// the last.
[[nodiscard]] std::string layer_text(const BlockImage& image, std::uint32_t first);

}  // namespace vqi::tool
