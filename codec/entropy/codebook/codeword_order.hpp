// order_codewords: the order in which codewords are stored, a chain of near ones.
#pragma once

#include <cstdint>
#include <vector>

#include "sample_array.hpp"
#include "work_pulse.hpp"

namespace vqi::detail {

/// An order in which each codeword is close to the one before it, so that differences are small: the codeword at each
/// position. The chain begins with the darkest codeword; the next is always the nearest remaining codeword; of several
/// equally near the darkest, and of these the first. It stops after about a second, which takes tens of thousands of
/// codewords of similar brightness; the remaining codewords then follow by brightness. Throws what
/// `pulse` throws.
[[nodiscard]] std::vector<std::uint16_t> order_codewords(const SampleArray& codebook, WorkPulse pulse = {});

}  // namespace vqi::detail
