// Interleaving the bits of three bytes by shifts and masks, compiled once per SIMD target by Highway.
#include "key_interleaving.hpp"

#include <array>

#include "bytes.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "key_interleaving.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace vqi {
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

/// The keys of whole SIMD vectors of `words`, which hold three bytes each in their lowest 24 bits, the first lowest.
void interleave_words(std::uint32_t* words, std::size_t count) {
  const Words d;
  const auto byte_mask = hn::Set(d, 0xFFU);
  for (std::size_t n = 0; n < count; n += hn::Lanes(d)) {
    const auto word = hn::LoadU(d, words + n);
    const auto first = spread(hn::And(word, byte_mask));
    const auto second = spread(hn::And(hn::ShiftRight<8>(word), byte_mask));
    const auto third = spread(hn::And(hn::ShiftRight<16>(word), byte_mask));
    hn::StoreU(hn::Or(hn::Or(hn::ShiftLeft<2>(first), hn::ShiftLeft<1>(second)), third), d, words + n);
  }
}

}  // namespace

/// Vectors whose bytes are gathered into words at a time: a multiple of every SIMD width, and little enough to stay in
/// the cache.
constexpr std::size_t run_vectors = 256;

/// Writes the keys of the first vectors, and returns how many: all but the last few.
std::size_t interleave_runs(const std::byte* vectors, std::span<std::uint32_t> keys) {
  if (keys.empty()) return 0;
  // Four bytes are read for three, so at least one vector is left.
  const std::size_t count = (keys.size() - 1) / run_vectors * run_vectors;
  for (std::size_t begin = 0; begin < count; begin += run_vectors) {
    for (std::size_t n = begin; n < begin + run_vectors; ++n)
      keys[n] = static_cast<std::uint32_t>(load_le(vectors + 3 * n, sizeof keys[n]));
    interleave_words(keys.data() + begin, run_vectors);
  }
  return count;
}

}  // namespace HWY_NAMESPACE
}  // namespace vqi
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace vqi {
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

void interleave_bytes(const std::byte* vectors, std::span<std::uint32_t> keys) noexcept {
  const std::size_t done = HWY_DYNAMIC_DISPATCH(interleave_runs)(vectors, keys);
  const auto value = [&](std::size_t i) { return static_cast<std::uint32_t>(vectors[i]); };
  for (std::size_t n = done; n < keys.size(); ++n)
    keys[n] = spread_byte[value(3 * n)] << 2 | spread_byte[value(3 * n + 1)] << 1 | spread_byte[value(3 * n + 2)];
}

}  // namespace vqi
#endif
