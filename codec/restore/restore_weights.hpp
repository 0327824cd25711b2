// The weights of the decode filter's network, in the order of FORMAT.md.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace vqi::detail {

/// Numbers of planes and layers, of which FORMAT.md, "The network", tells.
inline constexpr std::size_t restore_inputs = 4;
inline constexpr std::size_t restore_channels = 16;
inline constexpr std::size_t restore_results = 3;
inline constexpr std::size_t restore_taps = 9;

/// One output of a layer: its bias, and its weights by input, row and column.
template <std::size_t Inputs, typename Weight>
struct RestoreOutput {
  std::int32_t bias;
  std::array<Weight, Inputs * restore_taps> weights;

  [[nodiscard]] Weight weight(std::size_t input, std::size_t tap) const noexcept {
    return weights[input * restore_taps + tap];
  }
};
using RestoreFirst = RestoreOutput<restore_inputs, std::int16_t>;   ///< in 2^-14 and 2^-8
using RestoreOther = RestoreOutput<restore_channels, std::int8_t>;  ///< in 2^-10 and 2^-5; sums are int16

extern const std::array<RestoreFirst, restore_channels> restore_first_layer;
extern const std::array<std::array<RestoreOther, restore_channels>, 2> restore_middle_layers;
extern const std::array<RestoreOther, restore_results> restore_last_layer;

}  // namespace vqi::detail
