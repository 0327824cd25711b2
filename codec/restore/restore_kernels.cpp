// Layer after layer on rows in rings of three, so that all that is under way stays in the cache. SIMD lanes are pixels:
// each holds two inputs as int16, whose products with a pair of weights are summed as int32. All sums are exact, so
// every target gives the same results.
#include "restore_kernels.hpp"

#include <algorithm>
#include <memory>

#include "restore_weights.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "restore_kernels.cpp"
#include <hwy/foreach_target.h>
// After foreach_target: what is compiled for each target.
#include <hwy/highway.h>

#ifndef VQI_RESTORE_KERNELS_ONCE
#define VQI_RESTORE_KERNELS_ONCE
namespace vqi::detail {
namespace {

/// Columns that are worked on at once.
constexpr std::uint32_t tile_columns = 512;
/// Words of a row: the columns and their margins, and what the widest vectors write beyond them.
constexpr std::size_t row_words = tile_columns + 2 * restore_margin + 64;
constexpr std::size_t ring_rows = 3;
constexpr std::size_t layers = 4;

constexpr std::size_t pairs_of(std::size_t inputs) { return inputs / 2; }

/// Weights by row, column, pair of inputs and output, a pair to a word.
template <std::size_t Inputs, std::size_t Outputs>
struct PackedLayer {
  std::array<std::int32_t, Outputs> biases{};
  std::array<std::int32_t, restore_taps * pairs_of(Inputs) * Outputs> weights{};
};

template <std::size_t Inputs, std::size_t Outputs>
PackedLayer<Inputs, Outputs> packed(const std::array<RestoreOutput<Inputs>, Outputs>& layer) {
  PackedLayer<Inputs, Outputs> result;
  for (std::size_t o = 0; o < Outputs; ++o) {
    result.biases[o] = layer[o].bias;
    for (std::size_t tap = 0; tap < restore_taps; ++tap)
      for (std::size_t pair = 0; pair < pairs_of(Inputs); ++pair) {
        const auto low = static_cast<std::uint16_t>(layer[o].weights[2 * pair][tap]);
        const auto high = static_cast<std::uint16_t>(layer[o].weights[2 * pair + 1][tap]);
        result.weights[(tap * pairs_of(Inputs) + pair) * Outputs + o] =
            static_cast<std::int32_t>(std::uint32_t{high} << 16 | low);
      }
  }
  return result;
}

struct PackedNetwork {
  PackedLayer<restore_inputs, restore_channels> first = packed(restore_first_layer);
  std::array<PackedLayer<restore_channels, restore_channels>, 2> middle{packed(restore_middle_layers[0]),
                                                                        packed(restore_middle_layers[1])};
  PackedLayer<restore_channels, restore_results> last = packed(restore_last_layer);
};

/// Rows of pairs of planes of one layer, the last three.
template <std::size_t Pairs>
class RowRing {
 public:
  /// Pair `pair` of row `row`, which may lie above the strip, but not farther than twice the margin.
  [[nodiscard]] std::int32_t* at(std::int64_t row, std::size_t pair) noexcept {
    const std::size_t slot = static_cast<std::uint64_t>(row + 3 * restore_margin) % ring_rows;
    return words_.data() + (slot * Pairs + pair) * row_words;
  }

 private:
  std::array<std::int32_t, ring_rows * Pairs * row_words> words_{};
};

/// All that a tile has under way.
struct RestoreState {
  RowRing<pairs_of(restore_inputs)> inputs;
  std::array<RowRing<pairs_of(restore_channels)>, layers - 1> activations;
  std::array<std::array<std::int32_t, row_words>, restore_results> results{};
};

}  // namespace
}  // namespace vqi::detail
#endif  // VQI_RESTORE_KERNELS_ONCE

HWY_BEFORE_NAMESPACE();
namespace vqi::detail {
namespace HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

using D = hn::ScalableTag<std::int32_t>;
using V = hn::Vec<D>;

/// The sum, to which the products of two pairs of int16 are added.
HWY_INLINE V add_products(V x, V weights, V sum) {
  const D d;
#if HWY_TARGET == HWY_SCALAR
  // Highway's scalar target has one lane and cannot treat an int32 as two int16.
  const std::int32_t a = hn::GetLane(x);
  const std::int32_t b = hn::GetLane(weights);
  const std::int32_t low = std::int32_t{static_cast<std::int16_t>(a)} * static_cast<std::int16_t>(b);
  return hn::Set(d, hn::GetLane(sum) + low + (a >> 16) * (b >> 16));
#else
  const hn::Repartition<std::int16_t, D> d16;
  // `sum` comes last: some targets keep both halves of the products apart until they are rearranged.
  V odd = hn::Zero(d);
  const V even = hn::ReorderWidenMulAccumulate(d, hn::BitCast(d16, x), hn::BitCast(d16, weights), hn::Zero(d), odd);
  return hn::Add(sum, hn::RearrangeToOddPlusEven(even, odd));
#endif
}

/// The sums of `Count` outputs from number `first` on, for `Vectors` vectors of pixels from column `x` on.
template <std::size_t Count, std::size_t Vectors, std::size_t Inputs, std::size_t Outputs, class Rows>
HWY_INLINE void sum_outputs(const PackedLayer<Inputs, Outputs>& layer, std::size_t first, const Rows& rows,
                            std::size_t x, V (&sums)[Count][Vectors]) {
  const D d;
  for (std::size_t o = 0; o < Count; ++o)
    for (std::size_t v = 0; v < Vectors; ++v) sums[o][v] = hn::Set(d, layer.biases[first + o]);
  const std::int32_t* weights = layer.weights.data() + first;
  for (std::size_t tap = 0; tap < restore_taps; ++tap)
    for (std::size_t pair = 0; pair < pairs_of(Inputs); ++pair, weights += Outputs) {
      const std::int32_t* const from = rows[tap / 3] + pair * row_words + x + tap % 3;
      V pixels[Vectors];
      for (std::size_t v = 0; v < Vectors; ++v) pixels[v] = hn::LoadU(d, from + v * hn::Lanes(d));
      for (std::size_t o = 0; o < Count; ++o) {
        const V weight = hn::Set(d, weights[o]);
        for (std::size_t v = 0; v < Vectors; ++v) sums[o][v] = add_products(pixels[v], weight, sums[o][v]);
      }
    }
}

/// One row of a layer with activations: `to` gets pairs of planes, `columns` pixels and up to two vectors more.
template <std::size_t Inputs, class Rows>
HWY_INLINE void activate_row(const PackedLayer<Inputs, restore_channels>& layer, const Rows& rows, std::size_t columns,
                             std::int32_t* HWY_RESTRICT to) {
  constexpr std::size_t together = 4;
  constexpr std::size_t vectors = 2;
  const D d;
  const V half = hn::Set(d, 1 << 7);
  const V most = hn::Set(d, 255);
  for (std::size_t x = 0; x < columns; x += vectors * hn::Lanes(d))
    for (std::size_t first = 0; first < restore_channels; first += together) {
      V sums[together][vectors];
      sum_outputs<together, vectors>(layer, first, rows, x, sums);
      for (std::size_t o = 0; o < together; o += 2)
        for (std::size_t v = 0; v < vectors; ++v) {
          const V low = hn::Clamp(hn::ShiftRight<8>(hn::Add(sums[o][v], half)), hn::Zero(d), most);
          const V high = hn::Clamp(hn::ShiftRight<8>(hn::Add(sums[o + 1][v], half)), hn::Zero(d), most);
          hn::StoreU(hn::Or(low, hn::ShiftLeft<16>(high)), d, to + (first + o) / 2 * row_words + x + v * hn::Lanes(d));
        }
    }
}

/// One row of the last layer.
template <class Rows>
HWY_INLINE void result_row(const PackedLayer<restore_channels, restore_results>& layer, const Rows& rows,
                           std::size_t columns, std::array<std::array<std::int32_t, row_words>, restore_results>& to) {
  constexpr std::size_t vectors = 2;
  const D d;
  const V half = hn::Set(d, 1 << 5);
  const V most = hn::Set(d, 1023);
  const V least = hn::Set(d, -1023);
  for (std::size_t x = 0; x < columns; x += vectors * hn::Lanes(d)) {
    V sums[restore_results][vectors];
    sum_outputs<restore_results, vectors>(layer, 0, rows, x, sums);
    for (std::size_t o = 0; o < restore_results; ++o)
      for (std::size_t v = 0; v < vectors; ++v)
        hn::StoreU(hn::Clamp(hn::ShiftRight<6>(hn::Add(sums[o][v], half)), least, most), d,
                   to[o].data() + x + v * hn::Lanes(d));
  }
}

/// The three rows of a ring around row `row`.
template <std::size_t Pairs>
std::array<const std::int32_t*, 3> rows_around(RowRing<Pairs>& ring, std::int64_t row) {
  return {ring.at(row - 1, 0), ring.at(row, 0), ring.at(row + 1, 0)};
}

}  // namespace

/// Highway's dispatch needs a function outside the unnamed namespace. `window` is no wider than a tile.
void run_tile(const PackedNetwork& network, std::span<const RestoreCodeword> codewords, const RestoreWindow& window,
              RestoreState& state, const RestoreUse& use) {
  constexpr std::int64_t margin = restore_margin;
  const std::size_t columns = window.end_x - window.begin_x;
  const std::int64_t begin = window.begin_row;
  const std::int64_t end = window.end_row;
  for (std::int64_t y = begin - margin; y < end + margin; ++y) {
    const auto strip_row = static_cast<std::size_t>(std::clamp<std::int64_t>(y, 0, std::int64_t{window.rows} - 1));
    const std::uint16_t* const indices = window.indices.data() + strip_row * window.width;
    std::int32_t* const red_green = state.inputs.at(y, 0);
    std::int32_t* const blue_radius = state.inputs.at(y, 1);
    for (std::size_t i = 0; i < columns + std::size_t{2} * restore_margin; ++i) {
      const std::int64_t x = std::clamp<std::int64_t>(
          std::int64_t{window.begin_x} + static_cast<std::int64_t>(i) - margin, 0, std::int64_t{window.width} - 1);
      const RestoreCodeword& word = codewords[indices[x]];
      red_green[i] = word.red_green;
      blue_radius[i] = word.blue_radius;
    }
    // Each layer is a row behind the one before it.
    if (y >= begin - margin + 2)
      activate_row(network.first, rows_around(state.inputs, y - 1), columns + 6, state.activations[0].at(y - 1, 0));
    if (y >= begin - margin + 4)
      activate_row(network.middle[0], rows_around(state.activations[0], y - 2), columns + 4,
                   state.activations[1].at(y - 2, 0));
    if (y >= begin - margin + 6)
      activate_row(network.middle[1], rows_around(state.activations[1], y - 3), columns + 2,
                   state.activations[2].at(y - 3, 0));
    if (y < begin + margin) continue;
    result_row(network.last, rows_around(state.activations[2], y - margin), columns, state.results);
    use(static_cast<std::uint32_t>(y - margin), window.begin_x, window.end_x,
        {state.results[0].data(), state.results[1].data(), state.results[2].data()});
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace vqi::detail
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace vqi::detail {

HWY_EXPORT(run_tile);

void run_restore_network(std::span<const RestoreCodeword> codewords, const RestoreWindow& window,
                         const RestoreUse& use) {
  static const PackedNetwork network;
  const auto state = std::make_unique<RestoreState>();
  RestoreWindow tile = window;
  for (tile.begin_x = window.begin_x; tile.begin_x < window.end_x; tile.begin_x = tile.end_x) {
    tile.end_x = std::min(window.end_x, tile.begin_x + tile_columns);
    HWY_DYNAMIC_DISPATCH(run_tile)(network, codewords, tile, *state, use);
  }
}

std::size_t restore_state_bytes() noexcept { return sizeof(RestoreState); }

}  // namespace vqi::detail
#endif
