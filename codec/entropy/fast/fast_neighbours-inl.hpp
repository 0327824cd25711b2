// What the model "fast" sees around an index: nine neighbours, which of them are equal, and what their colours make
// expect, for one SIMD target at a time (FORMAT.md, "Model 1: fast"). Included once per target by Highway.
#include <hwy/highway.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "codeword_geometry.hpp"
#include "map_rows.hpp"

#if defined(VQI_FAST_NEIGHBOURS_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef VQI_FAST_NEIGHBOURS_INL_HPP
#undef VQI_FAST_NEIGHBOURS_INL_HPP
#else
#define VQI_FAST_NEIGHBOURS_INL_HPP
#endif

HWY_BEFORE_NAMESPACE();
namespace vqi::detail {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// Nine neighbours, in numbers of 16 bits from the lowest on.
struct FastNeighbours {
  std::uint64_t upper;   ///< NWW, NW, N, NE
  std::uint64_t others;  ///< WW, W, NN, NNE
  std::uint64_t nee;

  /// `row` stands at the index, `above` and `two_above` at its column.
  HWY_INLINE FastNeighbours(const std::uint16_t* row, const std::uint16_t* above, const std::uint16_t* two_above)
      : upper(joined(above - 2)), others(joined(row[-2], row[-1], two_above[0], two_above[1])), nee(above[2]) {}

  [[nodiscard]] std::uint32_t w() const { return others >> 16 & 0xFFFFU; }
  [[nodiscard]] std::uint32_t nw() const { return upper >> 16 & 0xFFFFU; }
  [[nodiscard]] std::uint32_t n() const { return upper >> 32 & 0xFFFFU; }
  [[nodiscard]] std::uint32_t ne() const { return static_cast<std::uint32_t>(upper >> 48); }
  /// W, N, NE, NW.
  [[nodiscard]] std::uint64_t nearest() const { return w() | upper >> 32 << 16 | std::uint64_t{nw()} << 48; }
};

/// Eight comparisons of neighbours, a bit for each, the first one lowest: NWW = W, NW = N, N = W, NE = N, WW = W, W =
/// NW, NN = N, NNE = W.
namespace equalities {
inline constexpr std::uint32_t of_nearest = 0x2E;  ///< all where W, N, NW and NE are the same
inline constexpr std::uint32_t of_pattern = 0x7E;
inline constexpr std::uint32_t nww = 0x01;
inline constexpr std::uint32_t nne = 0x80;
}  // namespace equalities

[[nodiscard]] HWY_INLINE std::uint32_t equalities_of(const FastNeighbours& at) {
#if HWY_TARGET == HWY_SCALAR
  const std::uint64_t w = at.w();
  const std::uint64_t n = at.n();
  const std::array<std::uint64_t, 8> partners{w, n, w, n, w, at.nw(), n, w};
  std::uint32_t equal = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    const std::uint64_t neighbour = (i < 4 ? at.upper : at.others) >> (16 * (i % 4)) & 0xFFFFU;
    equal |= (neighbour == partners[i] ? 1U : 0U) << i;
  }
  return equal;
#else
  const hn::FixedTag<std::uint64_t, 1> d_half;
  const hn::FixedTag<std::uint64_t, 2> d_pair;
  const hn::FixedTag<std::uint8_t, 16> d_bytes;
  const hn::FixedTag<std::uint16_t, 8> d;
  // Lanes W, N, W, N, W, NW, N, W of NWW, NW, N, NE, WW, W, NN, NNE.
  alignas(16) static constexpr std::array<std::uint8_t, 16> partners{10, 11, 4, 5, 10, 11, 4,  5,
                                                                     10, 11, 2, 3, 4,  5,  10, 11};
  const auto neighbours = hn::Combine(d_pair, hn::Set(d_half, at.others), hn::Set(d_half, at.upper));
  const auto bytes = hn::BitCast(d_bytes, neighbours);
  const auto compared = hn::TableLookupBytes(bytes, hn::Load(d_bytes, partners.data()));
  std::uint8_t bits[8] = {};
  hn::StoreMaskBits(d, hn::Eq(hn::BitCast(d, bytes), hn::BitCast(d, compared)), bits);
  return bits[0];
#endif
}

/// What the colours of W, N, NW and NE say.
struct ColourGuess {
  std::uint32_t cell;        ///< of the colour that is expected next
  std::uint32_t luma_range;  ///< how far their lumas lie apart
};

[[nodiscard]] HWY_INLINE ColourGuess guess_colour(const CodewordGeometry& geometry, const FastNeighbours& at) {
  const auto& w = geometry.small_colour(at.w()).lanes;
  const auto& n = geometry.small_colour(at.n()).lanes;
  const auto& nw = geometry.small_colour(at.nw()).lanes;
  const auto& ne = geometry.small_colour(at.ne()).lanes;
#if HWY_TARGET == HWY_SCALAR
  std::uint32_t colour = 0;
  for (std::size_t c = 0; c < 4; ++c) {
    const int sum = 2 * (w[1 + c] + n[1 + c]) + ne[1 + c] - nw[1 + c] + 2;
    colour |= static_cast<std::uint32_t>(std::clamp(sum >> 2, 0, 255)) << (8 * c);
  }
  const auto [least, most] = std::minmax({w[0], n[0], nw[0], ne[0]});
  return {geometry.cell_shape().cell_of(colour), static_cast<std::uint32_t>(most - least)};
#else
  const hn::FixedTag<std::int16_t, 8> d;
  const hn::FixedTag<std::uint8_t, 8> d_bytes;
  const hn::FixedTag<std::uint64_t, 1> d_whole;
  const auto vw = hn::Load(d, w.data());
  const auto vn = hn::Load(d, n.data());
  const auto vnw = hn::Load(d, nw.data());
  const auto vne = hn::Load(d, ne.data());
  const auto both = hn::Add(vw, vn);
  const auto sum = hn::Add(hn::Add(both, both), hn::Add(hn::Sub(vne, vnw), hn::Set(d, 2)));
  const auto colour = hn::BitCast(d_whole, hn::DemoteTo(d_bytes, hn::ShiftRight<2>(sum)));
  const auto range = hn::Sub(hn::Max(hn::Max(vw, vn), hn::Max(vnw, vne)), hn::Min(hn::Min(vw, vn), hn::Min(vnw, vne)));
  return {geometry.cell_shape().cell_of(static_cast<std::uint32_t>(hn::GetLane(colour) >> 8)),
          static_cast<std::uint32_t>(static_cast<std::uint16_t>(hn::GetLane(range)))};
#endif
}

}  // namespace HWY_NAMESPACE
}  // namespace vqi::detail
HWY_AFTER_NAMESPACE();
#endif
