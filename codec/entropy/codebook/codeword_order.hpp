// The order in which codewords are stored: a chain of near ones.
#pragma once

#include <cstdint>
#include <vector>

#include "sample_array.hpp"

namespace vqi::detail {

/// An order in which each codeword is close to the one before it, so that differences are small:
/// position -> codeword. The chain begins with the darkest codeword and goes on with the nearest of those
/// left, the darkest and then the first of equally near ones. Where codewords are so many and so alike in
/// brightness that this would take seconds, those left at the end follow by brightness.
[[nodiscard]] std::vector<std::uint16_t> order_codewords(const SampleArray& codebook);

}  // namespace vqi::detail
