// Layer after layer on rows in rings of three, so that all that is under way stays in the cache. SIMD lanes are pixels.
// Inputs of the first layer need 16 bits: a lane holds two of them, whose products with a pair of weights are summed as
// int32. Activations have 7 bits: a lane of 16 bits holds two of them, and sums, which the weights keep within int16,
// take as many. All sums are exact, so every target gives the same results.
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

constexpr std::size_t input_pairs = restore_inputs / 2;
constexpr std::size_t pairs = restore_channels / 2;
/// Fractional bits that are dropped after each layer.
constexpr int first_shift = 9;
constexpr int middle_shift = 5;
constexpr int last_shift = 2;
constexpr std::int32_t activation_max = 127;
constexpr std::int32_t result_max = 1023;

/// The first layer: weights by row, column, pair of inputs and output, a pair to a word. Biases round the sums.
struct FirstLayer {
  std::array<std::int32_t, restore_channels> biases{};
  std::array<std::int32_t, restore_taps * input_pairs * restore_channels> weights{};

  FirstLayer() {
    for (std::size_t o = 0; o < restore_channels; ++o) {
      const auto& output = restore_first_layer[o];
      biases[o] = output.bias + (1 << (first_shift - 1));
      for (std::size_t tap = 0; tap < restore_taps; ++tap)
        for (std::size_t pair = 0; pair < input_pairs; ++pair) {
          const auto low = static_cast<std::uint16_t>(output.weight(2 * pair, tap));
          const auto high = static_cast<std::uint16_t>(output.weight(2 * pair + 1, tap));
          weights[(tap * input_pairs + pair) * restore_channels + o] =
              static_cast<std::int32_t>(std::uint32_t{high} << 16 | low);
        }
    }
  }
};

/// One of the other layers: weights in the same order, a pair of bytes to each half of a word.
template <std::size_t Outputs>
struct ByteLayer {
  std::array<std::int16_t, Outputs> biases{};
  std::array<std::int32_t, restore_taps * pairs * Outputs> weights{};

  ByteLayer(const std::array<RestoreOther, Outputs>& layer, int shift) {
    for (std::size_t o = 0; o < Outputs; ++o) {
      biases[o] = static_cast<std::int16_t>(layer[o].bias + (1 << (shift - 1)));
      for (std::size_t tap = 0; tap < restore_taps; ++tap)
        for (std::size_t pair = 0; pair < pairs; ++pair) {
          const auto low = static_cast<std::uint8_t>(layer[o].weight(2 * pair, tap));
          const auto high = static_cast<std::uint8_t>(layer[o].weight(2 * pair + 1, tap));
          const std::uint32_t half = std::uint32_t{high} << 8 | low;
          weights[(tap * pairs + pair) * Outputs + o] = static_cast<std::int32_t>(half << 16 | half);
        }
    }
  }
};

struct PackedNetwork {
  FirstLayer first;
  std::array<ByteLayer<restore_channels>, 2> middle{
      {{restore_middle_layers[0], middle_shift}, {restore_middle_layers[1], middle_shift}}};
  ByteLayer<restore_results> last{restore_last_layer, last_shift};
};

/// Rows of pairs of planes of one layer, the last three.
template <typename Word, std::size_t Pairs>
class RowRing {
 public:
  /// Pair `pair` of row `row`, which may lie above the strip, but not farther than twice the margin.
  [[nodiscard]] Word* at(std::int64_t row, std::size_t pair) noexcept {
    const std::size_t slot = static_cast<std::uint64_t>(row + 3 * restore_margin) % ring_rows;
    return words_.data() + (slot * Pairs + pair) * row_words;
  }

 private:
  std::array<Word, ring_rows * Pairs * row_words> words_{};
};
using InputRing = RowRing<std::int32_t, input_pairs>;
using ActivationRing = RowRing<std::int16_t, pairs>;

using ResultRows = std::array<std::array<std::int16_t, row_words>, restore_results>;

/// All that a tile has under way.
struct RestoreState {
  InputRing inputs;
  std::array<ActivationRing, layers - 1> activations;
  ResultRows results{};
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
using D16 = hn::ScalableTag<std::int16_t>;
using V16 = hn::Vec<D16>;

/// Vectors of pixels, and outputs, whose sums are in registers at once.
constexpr std::size_t vectors = 2;
constexpr std::size_t together = 4;

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

#if HWY_ARCH_X86 && HWY_TARGET <= HWY_SSSE3
// One instruction multiplies unsigned bytes by signed ones and adds two products. Two of 7 bits by 8 fit into int16.
template <std::size_t Lanes>
HWY_INLINE hn::Vec128<std::int16_t, Lanes> byte_products(hn::Vec128<std::int16_t, Lanes> x,
                                                         hn::Vec128<std::int16_t, Lanes> weights) {
  return hn::Vec128<std::int16_t, Lanes>{_mm_maddubs_epi16(x.raw, weights.raw)};
}
#if HWY_TARGET <= HWY_AVX2
HWY_INLINE hn::Vec256<std::int16_t> byte_products(hn::Vec256<std::int16_t> x, hn::Vec256<std::int16_t> weights) {
  return hn::Vec256<std::int16_t>{_mm256_maddubs_epi16(x.raw, weights.raw)};
}
#endif
#if HWY_TARGET <= HWY_AVX3
HWY_INLINE hn::Vec512<std::int16_t> byte_products(hn::Vec512<std::int16_t> x, hn::Vec512<std::int16_t> weights) {
  return hn::Vec512<std::int16_t>{_mm512_maddubs_epi16(x.raw, weights.raw)};
}
#endif

/// A pair of activations to a lane.
struct PairedPixels {
  V16 both;
  HWY_INLINE explicit PairedPixels(V16 loaded) : both(loaded) {}
};

/// Two weights of an output, for all lanes.
struct PairedWeights {
  V16 both;
  HWY_INLINE explicit PairedWeights(std::int32_t word) : both(hn::BitCast(D16(), hn::Set(D(), word))) {}
};

HWY_INLINE V16 add_pair(const PairedPixels& x, const PairedWeights& weights, V16 sum) {
  return hn::Add(sum, byte_products(x.both, weights.both));
}
#else
struct PairedPixels {
  V16 low;
  V16 high;
  HWY_INLINE explicit PairedPixels(V16 loaded)
      : low(hn::And(loaded, hn::Set(D16(), 0xFF))), high(hn::ShiftRight<8>(loaded)) {}
};

struct PairedWeights {
  V16 low;
  V16 high;
  HWY_INLINE explicit PairedWeights(std::int32_t word)
      : low(hn::Set(D16(), static_cast<std::int8_t>(word))),
        high(hn::Set(D16(), static_cast<std::int8_t>(word >> 8))) {}
};

HWY_INLINE V16 add_pair(const PairedPixels& x, const PairedWeights& weights, V16 sum) {
  return hn::Add(hn::Add(sum, hn::Mul(x.low, weights.low)), hn::Mul(x.high, weights.high));
}
#endif

/// One row of the first layer: `to` gets pairs of planes, `columns` pixels and up to two vectors more.
template <class Rows>
HWY_INLINE void first_row(const FirstLayer& layer, const Rows& rows, std::size_t columns,
                          std::int16_t* HWY_RESTRICT to) {
  const D d;
  const hn::Rebind<std::int16_t, D> half;
  const V most = hn::Set(d, activation_max);
  const auto activated = [&](V sum) { return hn::Clamp(hn::ShiftRight<first_shift>(sum), hn::Zero(d), most); };
  for (std::size_t x = 0; x < columns; x += vectors * hn::Lanes(d))
    for (std::size_t first = 0; first < restore_channels; first += together) {
      V sums[together][vectors];
      for (std::size_t o = 0; o < together; ++o)
        for (std::size_t v = 0; v < vectors; ++v) sums[o][v] = hn::Set(d, layer.biases[first + o]);
      const std::int32_t* weights = layer.weights.data() + first;
      for (std::size_t tap = 0; tap < restore_taps; ++tap)
        for (std::size_t pair = 0; pair < input_pairs; ++pair, weights += restore_channels)
          for (std::size_t v = 0; v < vectors; ++v) {
            const V pixels = hn::LoadU(d, rows[tap / 3] + pair * row_words + x + tap % 3 + v * hn::Lanes(d));
            for (std::size_t o = 0; o < together; ++o)
              sums[o][v] = add_products(pixels, hn::Set(d, weights[o]), sums[o][v]);
          }
      for (std::size_t o = 0; o < together; o += 2)
        for (std::size_t v = 0; v < vectors; ++v) {
          const V both = hn::Or(activated(sums[o][v]), hn::ShiftLeft<8>(activated(sums[o + 1][v])));
          hn::StoreU(hn::DemoteTo(half, both), half, to + (first + o) / 2 * row_words + x + v * hn::Lanes(d));
        }
    }
}

/// The sums of `Count` outputs from number `first` on, for `vectors` vectors of pixels from column `x` on.
template <std::size_t Count, std::size_t Outputs, class Rows>
HWY_INLINE void sum_outputs(const ByteLayer<Outputs>& layer, std::size_t first, const Rows& rows, std::size_t x,
                            V16 (&sums)[Count][vectors]) {
  const D16 d;
  for (std::size_t o = 0; o < Count; ++o)
    for (std::size_t v = 0; v < vectors; ++v) sums[o][v] = hn::Set(d, layer.biases[first + o]);
  const std::int32_t* weights = layer.weights.data() + first;
  for (std::size_t tap = 0; tap < restore_taps; ++tap)
    for (std::size_t pair = 0; pair < pairs; ++pair, weights += Outputs) {
      const std::int16_t* const from = rows[tap / 3] + pair * row_words + x + tap % 3;
      const PairedPixels left(hn::LoadU(d, from));
      const PairedPixels right(hn::LoadU(d, from + hn::Lanes(d)));
      for (std::size_t o = 0; o < Count; ++o) {
        const PairedWeights weight(weights[o]);
        sums[o][0] = add_pair(left, weight, sums[o][0]);
        sums[o][1] = add_pair(right, weight, sums[o][1]);
      }
    }
}

/// One row of a layer between the first and the last one.
template <class Rows>
HWY_INLINE void middle_row(const ByteLayer<restore_channels>& layer, const Rows& rows, std::size_t columns,
                           std::int16_t* HWY_RESTRICT to) {
  const D16 d;
  const V16 most = hn::Set(d, activation_max);
  const auto activated = [&](V16 sum) { return hn::Clamp(hn::ShiftRight<middle_shift>(sum), hn::Zero(d), most); };
  for (std::size_t x = 0; x < columns; x += vectors * hn::Lanes(d))
    for (std::size_t first = 0; first < restore_channels; first += together) {
      V16 sums[together][vectors];
      sum_outputs<together>(layer, first, rows, x, sums);
      for (std::size_t o = 0; o < together; o += 2)
        for (std::size_t v = 0; v < vectors; ++v)
          hn::StoreU(hn::Or(activated(sums[o][v]), hn::ShiftLeft<8>(activated(sums[o + 1][v]))), d,
                     to + (first + o) / 2 * row_words + x + v * hn::Lanes(d));
    }
}

/// One row of the last layer.
template <class Rows>
HWY_INLINE void result_row(const ByteLayer<restore_results>& layer, const Rows& rows, std::size_t columns,
                           ResultRows& to) {
  const D16 d;
  const V16 most = hn::Set(d, result_max);
  const V16 least = hn::Set(d, -result_max);
  for (std::size_t x = 0; x < columns; x += vectors * hn::Lanes(d)) {
    V16 sums[restore_results][vectors];
    sum_outputs<restore_results>(layer, 0, rows, x, sums);
    for (std::size_t o = 0; o < restore_results; ++o)
      for (std::size_t v = 0; v < vectors; ++v)
        hn::StoreU(hn::Clamp(hn::ShiftRight<last_shift>(sums[o][v]), least, most), d,
                   to[o].data() + x + v * hn::Lanes(d));
  }
}

/// The three rows of a ring around row `row`.
template <typename Word, std::size_t Pairs>
std::array<const Word*, 3> rows_around(RowRing<Word, Pairs>& ring, std::int64_t row) {
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
      first_row(network.first, rows_around(state.inputs, y - 1), columns + 6, state.activations[0].at(y - 1, 0));
    if (y >= begin - margin + 4)
      middle_row(network.middle[0], rows_around(state.activations[0], y - 2), columns + 4,
                 state.activations[1].at(y - 2, 0));
    if (y >= begin - margin + 6)
      middle_row(network.middle[1], rows_around(state.activations[1], y - 3), columns + 2,
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
