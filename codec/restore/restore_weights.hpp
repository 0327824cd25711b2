// The weights of the decode filter's network, in the order of FORMAT.md.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace vqi::detail {

/// Numbers of planes and layers, of which FORMAT.md, "The network", tells.
inline constexpr std::size_t restore_inputs = 4;
inline constexpr std::size_t restore_channels = 8;
inline constexpr std::size_t restore_results = 3;
inline constexpr std::size_t restore_taps = 9;

/// One output of a layer: its bias, in 2^-14, and its weights in 2^-8 by input, row and column.
template <std::size_t Inputs>
struct RestoreOutput {
  std::int32_t bias;
  std::array<std::array<std::int16_t, restore_taps>, Inputs> weights;
};

extern const std::array<RestoreOutput<restore_inputs>, restore_channels> restore_first_layer;
extern const std::array<std::array<RestoreOutput<restore_channels>, restore_channels>, 2> restore_middle_layers;
extern const std::array<RestoreOutput<restore_channels>, restore_results> restore_last_layer;

}  // namespace vqi::detail
