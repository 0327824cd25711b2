// show_hidden_colours: the colours of a codeword's transparent pixels, which no distance decides about.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "integer.hpp"
#include "sample_array.hpp"

namespace vqi::detail {

/// Gives each transparent pixel of a codeword the mean of the colours that it hides: a program that drops alpha then
/// shows them. `channels` is 2 or 4, the last of them alpha; `sums` are the sums of the cell's samples, one for each
/// sample of the codeword, and `count`, above 0, is the number of the cell's vectors.
inline void show_hidden_colours(std::byte* codeword, std::uint32_t channels, std::uint32_t bit_depth,
                                std::span<const std::uint64_t> sums, std::uint64_t count) noexcept {
  for (std::size_t i = 0; i < sums.size(); ++i) {
    const std::size_t alpha = i / channels * channels + channels - 1;
    if (i == alpha || load_sample(codeword, alpha, bit_depth) != 0) continue;
    store_sample(codeword, i, bit_depth, static_cast<std::uint32_t>(divide_round(sums[i], count)));
  }
}

}  // namespace vqi::detail
