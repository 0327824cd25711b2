// move_to_means: codewords become the means of the vectors that chose them; those that nobody chose go.
#pragma once

#include <cstdint>
#include <span>

#include "map_vectors.hpp"
#include "sample_array.hpp"

namespace vqi::detail {

/// Moves every codeword to the mean of its cell, rounded to samples: no other codeword gives the cell less distortion
/// but for rounding. Codewords without a cell are left out, those that have become equal are joined, and `indices`, the
/// whole map's, follow. Where a codeword's pixel is transparent it gets the mean of the colours that it hides.
void move_to_means(const MapVectors& vectors, SampleArray& codewords, std::span<std::uint16_t> indices);

}  // namespace vqi::detail
