// RestoreCodeword: what the decode filter knows of a codeword (FORMAT.md, "Inputs of the filter").
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "restore_settings.hpp"
#include "sample_array.hpp"

namespace vqi::detail {

/// The network's inputs for pixels of this codeword, two signed 16-bit numbers to a word, the first one in the low
/// half.
struct RestoreCodeword {
  std::int32_t red_green = 0;
  std::int32_t blue_radius = 0;
  std::int32_t gain = 0;  ///< from the network's results to corrections
};

/// What restore_codewords takes of memory for each codeword: its result, and more while it works.
inline constexpr std::uint64_t restore_word_bytes = 64;

/// How far each codeword is from the others: the mean distance to its four nearest, to the power of 3/4. `codebook` has
/// single pixels of `channels` samples, restore_k_min .. restore_k_max of them.
[[nodiscard]] std::vector<std::uint32_t> codeword_spreads(const SampleArray& codebook, std::uint32_t channels);

/// The inputs for each codeword of the same codebook.
[[nodiscard]] std::vector<RestoreCodeword> restore_codewords(const SampleArray& codebook, std::uint32_t channels,
                                                             const RestoreSettings& settings);

}  // namespace vqi::detail
