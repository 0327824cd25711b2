// The decode filter by plain loops, a pixel at a time from its 9x9 indices, as FORMAT.md tells it.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

#include "restore_codewords.hpp"
#include "restore_weights.hpp"
#include "vqi/image.hpp"

namespace vqi::test {
using namespace detail;

/// The four inputs of a codeword, unpacked.
inline std::array<std::int64_t, 4> inputs_of(const RestoreCodeword& word) {
  const auto low = [](std::int32_t pair) { return std::int64_t{static_cast<std::int16_t>(pair & 0xFFFF)}; };
  const auto high = [](std::int32_t pair) { return std::int64_t{pair >> 16}; };
  return {low(word.red_green), high(word.red_green), low(word.blue_radius), high(word.blue_radius)};
}

/// A square of planes: value(y, x, plane).
struct PlaneSquare {
  std::size_t side = 0;
  std::size_t planes = 0;
  std::vector<std::int64_t> values;

  PlaneSquare(std::size_t side_px, std::size_t count) : side(side_px), planes(count), values(side * side * count) {}
  std::int64_t& at(std::size_t y, std::size_t x, std::size_t plane) { return values[(y * side + x) * planes + plane]; }
  [[nodiscard]] std::int64_t at(std::size_t y, std::size_t x, std::size_t plane) const {
    return values[(y * side + x) * planes + plane];
  }
};

/// One layer: two rows and columns fewer, rounded, shifted and cut.
template <class Layer>
PlaneSquare convolved(const PlaneSquare& from, const Layer& layer, int shift, std::int64_t least, std::int64_t most) {
  PlaneSquare to(from.side - 2, layer.size());
  for (std::size_t y = 0; y < to.side; ++y)
    for (std::size_t x = 0; x < to.side; ++x)
      for (std::size_t o = 0; o < layer.size(); ++o) {
        std::int64_t sum = layer[o].bias;
        for (std::size_t plane = 0; plane < from.planes; ++plane)
          for (std::size_t tap = 0; tap < 9; ++tap)
            sum += from.at(y + tap / 3, x + tap % 3, plane) * layer[o].weight(plane, tap);
        to.at(y, x, o) = std::clamp((sum + (std::int64_t{1} << (shift - 1))) >> shift, least, most);
      }
  return to;
}

/// The network's three results for the pixel at (x, y) of a strip of `width`.
inline std::array<std::int64_t, 3> reference_results(const std::vector<RestoreCodeword>& words,
                                                     const std::vector<std::uint16_t>& strip, std::int64_t width,
                                                     std::int64_t x, std::int64_t y) {
  const std::int64_t height = static_cast<std::int64_t>(strip.size()) / width;
  PlaneSquare square(9, 4);
  for (std::int64_t dy = 0; dy < 9; ++dy)
    for (std::int64_t dx = 0; dx < 9; ++dx) {
      const std::int64_t row = std::clamp<std::int64_t>(y + dy - 4, 0, height - 1);
      const std::int64_t column = std::clamp<std::int64_t>(x + dx - 4, 0, width - 1);
      const auto inputs = inputs_of(words[strip[static_cast<std::size_t>(row * width + column)]]);
      for (std::size_t plane = 0; plane < 4; ++plane)
        square.at(static_cast<std::size_t>(dy), static_cast<std::size_t>(dx), plane) = inputs[plane];
    }
  square = convolved(square, restore_first_layer, 9, 0, 127);
  for (const auto& layer : restore_middle_layers) square = convolved(square, layer, 5, 0, 127);
  square = convolved(square, restore_last_layer, 2, -1023, 1023);
  return {square.at(0, 0, 0), square.at(0, 0, 1), square.at(0, 0, 2)};
}

/// The pixel at (x, y) of the strip after the filter.
inline std::vector<std::uint32_t> reference_pixel(const SampleArray& codebook, std::uint32_t channels,
                                                  const std::vector<RestoreCodeword>& words,
                                                  const std::vector<std::uint16_t>& strip, std::int64_t width,
                                                  std::int64_t x, std::int64_t y) {
  const std::size_t k = strip[static_cast<std::size_t>(y * width + x)];
  const auto results = reference_results(words, strip, width, x, y);
  const double unit = codebook.bit_depth() == 8 ? 524288 : 2048;
  const double top = codebook.bit_depth() == 8 ? 255 : 65535;
  std::vector<std::uint32_t> pixel;
  for (std::uint32_t c = 0; c < channels; ++c) {
    double sample = codebook.at(k, c);
    const bool is_colour = channels >= 3 ? c < 3 : c == 0;
    const auto correction = static_cast<double>(results[channels >= 3 ? std::min(c, 2U) : 1]);
    if (is_colour) sample = std::clamp(sample + std::floor(correction * words[k].gain / unit + 0.5), 0.0, top);
    pixel.push_back(static_cast<std::uint32_t>(sample));
  }
  return pixel;
}

}  // namespace vqi::test
