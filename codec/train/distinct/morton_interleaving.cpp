// Interleaving many vectors at a time by shifts and masks, compiled once per SIMD target by Highway.
#include "morton_interleaving.hpp"

#include <algorithm>
#include <array>

#include "bytes.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "morton_interleaving.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace vqi::detail {
namespace HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

using Words = hn::ScalableTag<std::uint32_t>;

/// Moves bit i of the lowest byte to bit 3 i.
HWY_INLINE hn::Vec<Words> spread(hn::Vec<Words> byte) {
  const Words d;
  byte = hn::And(hn::Or(byte, hn::ShiftLeft<8>(byte)), hn::Set(d, 0x00F00FU));
  byte = hn::And(hn::Or(byte, hn::ShiftLeft<4>(byte)), hn::Set(d, 0x0C30C3U));
  return hn::And(hn::Or(byte, hn::ShiftLeft<2>(byte)), hn::Set(d, 0x249249U));
}

#if HWY_TARGET == HWY_SCALAR

hn::Vec<Words> load_words(const std::byte* vectors) {
  return hn::Set(Words(), static_cast<std::uint32_t>(load_le(vectors, sizeof(std::uint32_t))));
}

#else

/// Loads one vector of three bytes into each word, the first byte lowest. Reads a whole SIMD vector but uses only its
/// first three quarters.
HWY_INLINE hn::Vec<Words> load_words(const std::byte* vectors) {
  const Words d;
  const hn::Repartition<std::uint8_t, Words> d_bytes;
  // The four words of each 128 bits come from twelve bytes: first move these as three words, then each byte to its
  // place.
  alignas(64) std::array<std::uint32_t, hn::MaxLanes(d)> from;
  for (std::size_t i = 0; i < from.size(); ++i)
    from[i] = static_cast<std::uint32_t>(i / 4 * 3 + std::min<std::size_t>(i % 4, 2));
  constexpr std::uint8_t none = 0x80;
  alignas(16) constexpr std::array<std::uint8_t, 16> places{0, 1, 2, none, 3, 4,  5,  none,
                                                            6, 7, 8, none, 9, 10, 11, none};
  const auto bytes = hn::LoadU(d_bytes, reinterpret_cast<const std::uint8_t*>(vectors));
  const auto twelves = hn::TableLookupLanes(hn::BitCast(d, bytes), hn::SetTableIndices(d, from.data()));
  return hn::BitCast(d, hn::TableLookupBytesOr0(hn::BitCast(d_bytes, twelves), hn::LoadDup128(d_bytes, places.data())));
}

#endif

}  // namespace

/// Writes the codes of all vectors but the last few; returns the number of codes written.
std::size_t interleave_runs(const std::byte* vectors, std::span<std::uint32_t> codes) {
  const Words d;
  const std::size_t lanes = hn::Lanes(d);
  const auto byte_mask = hn::Set(d, 0xFFU);
  std::size_t n = 0;
  // load_words reads four bytes for every three that it uses; all of them must lie inside `vectors`.
  for (; 3 * n + 4 * lanes <= 3 * codes.size(); n += lanes) {
    const auto word = load_words(vectors + 3 * n);
    const auto first = spread(hn::And(word, byte_mask));
    const auto second = spread(hn::And(hn::ShiftRight<8>(word), byte_mask));
    const auto third = spread(hn::And(hn::ShiftRight<16>(word), byte_mask));
    hn::StoreU(hn::Or(hn::Or(hn::ShiftLeft<2>(first), hn::ShiftLeft<1>(second)), third), d, codes.data() + n);
  }
  return n;
}

}  // namespace HWY_NAMESPACE
}  // namespace vqi::detail
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace vqi::detail {
namespace {

HWY_EXPORT(interleave_runs);

/// spread_byte[v] has bit i of v at bit 3 i.
constexpr auto make_spread() {
  std::array<std::uint32_t, 256> spread{};
  for (std::uint32_t value = 0; value < 256; ++value)
    for (std::uint32_t bit = 0; bit < 8; ++bit) spread[value] |= (value >> bit & 1U) << (3 * bit);
  return spread;
}

constexpr auto spread_byte = make_spread();

}  // namespace

void interleave_bytes(const std::byte* vectors, std::span<std::uint32_t> codes) noexcept {
  const std::size_t done = HWY_DYNAMIC_DISPATCH(interleave_runs)(vectors, codes);
  const auto value = [&](std::size_t i) { return static_cast<std::uint32_t>(vectors[i]); };
  for (std::size_t n = done; n < codes.size(); ++n)
    codes[n] = spread_byte[value(3 * n)] << 2 | spread_byte[value(3 * n + 1)] << 1 | spread_byte[value(3 * n + 2)];
}

}  // namespace vqi::detail
#endif
