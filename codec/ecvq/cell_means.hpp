// move_to_means: codewords become the means of the vectors that chose them.
#pragma once

#include <cstdint>
#include <span>

#include "map_vectors.hpp"
#include "sample_array.hpp"
#include "work_pulse.hpp"

namespace vqi::detail {

/// Moves every codeword to the mean of its cell, rounded to samples: no other codeword gives the cell less distortion
/// but for rounding. Codewords that no vector chose are left out, codewords that have become equal are joined, and
/// `indices`, those of the whole map, are changed to match. A transparent pixel of a codeword gets the mean of the
/// colours that it hides. Throws what `pulse` throws.
void move_to_means(const MapVectors& vectors, SampleArray& codewords, std::span<std::uint16_t> indices,
                   WorkPulse pulse = {});

}  // namespace vqi::detail
